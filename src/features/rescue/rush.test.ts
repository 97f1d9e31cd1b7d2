import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  openTestOffice,
  type Storage,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { takenAs } from '../../../test/rescuing.ts';
import { rounds, seed } from '../../../test/rounds.ts';
import { serverUrl } from '../../../test/templates.ts';
import { seeded } from '../../platform/random.ts';
import { bookVisit } from '../schedule/visits/api.ts';
import type { PatientVisit } from '../schedule/visits/schema.ts';
import * as api from './api.ts';
import type { RescuePlan } from './schema.ts';

// What simultaneous writers decide: the server's
const storage: Storage = serverUrl ? 'server' : 'embedded';
const many = 14;
const affected = 6;
const day = 86_400_000;

describe('several desks at once', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desks: Desk[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, many + affected);
  });
  afterAll(() => office.close());

  /** Each round has a Wednesday of its own, far from what the others moved. */
  let morning = Date.parse('2026-01-07T13:00:00.000Z');
  const begin = async () => {
    morning += 7 * day;
    office.clock.set(new Date(morning).toISOString());
    desks = await Promise.all([1, 2, 3].map(() => practice.as('secretary')));
    for (let i = 0; i < affected; i += 1) {
      const startsAt = new Date(morning + 3_600_000 + i * 15 * 60_000).toISOString();
      await desks[0]!.do(bookVisit, {
        body: { ...what(plan.lee, startsAt), patientId: plan.patients[i]! },
      });
    }
  };
  const what = (physicianId: string, startsAt: string) => ({
    ...{ visitTypeId: plan.followUp, siteId: plan.main, physicianId, startsAt, resourceIds: [] },
  });
  const planFor = (desk: Desk) => desk.do(api.planRescue, { body: { physicianId: plan.lee, when: 'today' } });
  type Standing = Pick<PatientVisit, 'visitId' | 'physicianId' | 'startsAt' | 'endsAt'>;
  const standing = (): Promise<Standing[]> =>
    practice.tx(async ({ db }) => {
      const { rows } = await sql<Standing>`
        select visit_id, physician_id, starts_at, ends_at from visits
        where state = 'booked' and starts_at > ${new Date(morning - day / 2)}`.execute(db);
      return rows;
    });
  const overlaps = (visits: readonly Standing[]) =>
    visits.flatMap((a, i) =>
      visits
        .slice(i + 1)
        .filter(
          (b) =>
            a.physicianId === b.physicianId &&
            a.physicianId !== plan.nurses &&
            a.startsAt < b.endsAt &&
            b.startsAt < a.endsAt,
        ),
    );
  const places = (made: RescuePlan) => made.proposals.map((one) => `${one.startsAt} ${one.physicianId}`);

  it('three desks rescue the same day: each is offered other places, one is done, the others are told', async () => {
    await begin();
    const plans = await Promise.all(desks.map(planFor));
    // The nurses have three places at a time, everyone else one
    const offered = plans.flatMap(places);
    const most = (place: string) => (place.endsWith(plan.nurses) ? 3 : 1);
    expect(offered.filter((one) => offered.filter((other) => other === one).length > most(one))).toEqual([]);
    const answers = await Promise.all(
      desks.map((desk, i) => desk.ask(api.commitRescue, { body: takenAs(plans[i]!) })),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409]);
    const told = answers.filter((one) => one.status === 409).map((one) => one.body.message);
    expect(told.every((one) => one?.startsWith('Nothing was changed'))).toBe(true);
    const visits = await standing();
    expect([visits.length, overlaps(visits)]).toEqual([affected, []]);
    expect((await desks[1]!.do(api.listRescues, {})).rescues.length).toBe(1);
  });

  it('others book what was proposed meanwhile: no place twice, nobody lost, all moved or none', async () => {
    for (let round = 0; round < rounds(2, 40); round += 1) {
      await begin();
      const random = seeded(String(seed()), 'rescue rush', String(round));
      const [ana, ...others] = desks as [Desk, ...Desk[]];
      const made = await planFor(ana);
      // Its holds are over, and others book just these places while it is committed
      office.clock.advance(11 * 60_000);
      const tries = Array.from({ length: many - 2 }, (_, i) => {
        const { physicianId, startsAt } = random.pick(made.proposals);
        const patientId = plan.patients[affected + i]!;
        const body = { ...what(physicianId!, startsAt!), patientId };
        return others[i % others.length]!.ask(bookVisit, { body });
      });
      const [commit, ...booked] = await Promise.all([
        ana.ask(api.commitRescue, { body: takenAs(made) }),
        ...tries,
      ]);
      expect([200, 409]).toContain(commit.status);
      expect(booked.filter((one) => one.status !== 200 && one.status !== 409)).toEqual([]);
      const visits = await standing();
      const won = booked.filter((one) => one.status === 200).length;
      expect([visits.length, overlaps(visits)]).toEqual([affected + won, []]);
      const ids = new Set(made.people.map((one) => one.visitId));
      const moved = visits
        .filter((one) => ids.has(one.visitId))
        .map((one) => `${one.startsAt} ${one.physicianId}`);
      const olds = made.people.map((one) => `${one.startsAt} ${one.physicianId}`);
      expect(moved.sort()).toEqual((commit.status === 200 ? places(made) : olds).sort());
    }
  });
});
