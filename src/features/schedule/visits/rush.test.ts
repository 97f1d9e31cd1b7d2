import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople, addPhysician, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { rounds } from '../../../../test/rounds.ts';
import * as api from './api.ts';
import type { BookVisit } from './schema.ts';

const attempts = rounds(60, 200);

/** As many desks as may be open at once, each taking the next attempt when its own is answered. */
async function atConnections<T>(count: number, work: (() => Promise<T>)[]): Promise<T[]> {
  const answers: T[] = [];
  let next = 0;
  const desk = async () => {
    while (next < work.length) {
      const mine = next++;
      const one = work[mine];
      if (one) answers[mine] = await one();
    }
  };
  await Promise.all(Array.from({ length: count }, desk));
  return answers;
}

describe.each(eitherStorage)('a rush on the schedule, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let people: string[];
  let doctors: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 0);
    [people, doctors] = await practice.tx(async (tx) => {
      const made: string[] = [];
      for (let i = 0; i < 8; i++)
        made.push(await addPhysician(tx, `No. ${i}`, [[plan.main, [1, 2, 3, 4, 5]]]));
      return [await addPeople(tx, attempts), made];
    });
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const attempt = (more: Partial<BookVisit>, i: number) => () =>
    desk.ask(api.bookVisit, {
      body: {
        patientId: people[i]!,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        startsAt: '2026-03-05T10:00:00-05:00',
        ...more,
      },
    });
  const all = (more: (i: number) => Partial<BookVisit>) =>
    Promise.all(people.map((_, i) => attempt(more(i), i)()));
  const oneWins = (
    answers: { status: number; body: { error?: string; message?: string } }[],
    text: string,
  ) => {
    const statuses = answers.map((one) => one.status);
    expect([statuses.filter((one) => one === 200).length, new Set(statuses)]).toEqual([
      1,
      new Set([200, 409]),
    ]);
    const refusals = answers.filter((one) => one.status === 409);
    expect(new Set(refusals.map((one) => one.body.error))).toEqual(new Set(['conflict']));
    expect(refusals.filter((one) => !one.body.message?.startsWith(text))).toEqual([]);
  };

  it(`${attempts} at once on one slot: one visit, the others refused with the next free`, async () => {
    oneWins(await all(() => ({})), 'Dr. Lee is booked until 10:15 am. Next free: 10:15');
  });

  it('the same when the room is what clashes, or the device', async () => {
    const byRoom = { visitTypeId: plan.newPatient, startsAt: '2026-03-05T11:00:00-05:00', minutes: 30 };
    const doctor = (i: number) => doctors[i % doctors.length]!;
    oneWins(
      await all((i) => ({ ...byRoom, resourceIds: [plan.room1], physicianId: doctor(i) })),
      // Whoever has the physician of the winner hears of both
      '',
    );
    const byDevice = { visitTypeId: plan.scan, startsAt: '2026-03-05T14:00:00-05:00' };
    oneWins(await all((i) => ({ ...byDevice, physicianId: doctor(i) })), '');
  });

  it('one person is booked once, however many physicians are asked at the same time', async () => {
    const answers = await Promise.all(
      doctors.map((physicianId) =>
        attempt({ physicianId, patientId: people[0]!, startsAt: '2026-03-06T09:00:00-05:00' }, 0)(),
      ),
    );
    oneWins(answers, 'The patient has another visit at 9:00 am.');
  });

  it(`${attempts} different slots at 32 connections: all are booked`, async () => {
    const slots = people.map((_, i) => {
      const physicianId = doctors[i % doctors.length]!;
      const nth = Math.floor(i / doctors.length);
      const startsAt = new Date(Date.UTC(2026, 2, 10, 12) + nth * 15 * 60_000);
      // 8 am to 12 pm is sixteen slots, then the afternoon
      if (nth >= 16) startsAt.setTime(startsAt.getTime() + 60 * 60_000);
      return attempt({ physicianId, startsAt: startsAt.toISOString() }, i);
    });
    const answers = await atConnections(32, slots);
    expect(answers.map((one) => one.status).filter((status) => status !== 200)).toEqual([]);
  });

  it('moves that cross each other all end, and no time is taken twice', async () => {
    const [first, second] = [doctors[0]!, doctors[1]!];
    const book = async (physicianId: string, i: number) =>
      (await attempt({ physicianId, startsAt: '2026-03-11T10:00:00-04:00' }, i)()).body.visit!;
    const visits = [await book(first, 0), await book(second, 1)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        desk.ask(api.moveVisit, {
          params: { id: visits[i % 2]!.visitId },
          body: { version: 1, physicianId: i % 2 === 0 ? second : first },
        }),
      ),
    );
    expect(answers.filter((one) => one.status !== 409 && one.status !== 200)).toEqual([]);
  });
});
