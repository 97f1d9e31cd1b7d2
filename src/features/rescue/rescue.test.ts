import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { takenAs } from '../../../test/rescuing.ts';
import { addDays } from '../../platform/calendar/dates.ts';
import { toInstant } from '../../platform/calendar/zones.ts';
import { readDay } from '../schedule/day/api.ts';
import { findOpenings } from '../schedule/openings/api.ts';
import * as visits from '../schedule/visits/api.ts';
import { cancelVisit, readVisit } from '../schedule/visits/api.ts';
import * as api from './api.ts';

/** Each test has a Wednesday of its own, far from what the others moved. */
let today = '2026-01-07';
const at = (time: string, days = 0) =>
  new Date(toInstant(addDays(today, days), time, 'America/New_York')).toISOString();
const quarter = (index: number) => {
  const minutes = 9 * 60 + 30 + index * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

describe.each(eitherStorage)('a physician who is out, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let ben: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    office.clock.set(at('09:00'));
    practice = await office.practice();
    plan = await setUpSchedule(practice, 12);
  });
  beforeEach(async () => {
    today = addDays(today, 7);
    office.clock.set(at('09:00'));
    ana = await practice.as('secretary');
    ben = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const book = async (person: number, time: string, more: object = {}) =>
    (
      await ana.do(visits.bookVisit, {
        body: {
          ...{ patientId: plan.patients[person]!, visitTypeId: plan.followUp, physicianId: plan.lee },
          ...{ siteId: plan.main, startsAt: at(time), ...more },
        },
      })
    ).visit;
  const fill = async (count: number) => {
    const made = [];
    for (let i = 0; i < count; i++)
      made.push(await book(i, quarter(i), i % 3 === 0 ? { reason: 'urgent' } : {}));
    return made;
  };
  const planFor = (desk: Desk, more: object = {}) =>
    desk.do(api.planRescue, { body: { physicianId: plan.lee, when: 'today', ...more } });
  const read = async (visitId: string) => (await ana.do(readVisit, { params: { id: visitId } })).visit;

  it('everyone is listed by urgency with a place of their own, and all of it happens in one step', async () => {
    const made = await fill(5);
    const asked = await planFor(ana);
    expect(asked.people.map((one) => one.visitId).sort()).toEqual(made.map((one) => one.visitId).sort());
    expect(asked.people.slice(0, 2).map((one) => one.reasons[0]?.text)).toEqual(
      Array(2).fill('urgent by its words: urgent'),
    );
    expect(asked.label).toBe('out today');
    const places = asked.proposals.map((one) => `${one.startsAt} ${one.physicianId}`);
    expect([new Set(places).size, asked.unplaced]).toEqual([5, 0]);
    expect(asked.proposals.every((one) => one.holdId)).toBe(true);
    const { rescue, lines } = await ana.do(api.commitRescue, { body: takenAs(asked) });
    expect([rescue.closed, rescue.counts.waiting, lines.length]).toEqual([true, 5, 5]);
    for (const one of asked.proposals) {
      const visit = await read(one.visitId);
      expect([visit.startsAt, visit.physicianId]).toEqual([one.startsAt, one.physicianId]);
    }
    const day = await ana.do(readDay, { query: { date: today } });
    expect([day.holds, day.blocks.filter((one) => one.resourceId === plan.lee).length]).toEqual([[], 1]);
    const free = await ana.do(findOpenings, {
      body: { visitTypeId: plan.followUp, physicianIds: [plan.lee], to: today, limit: 50 },
    });
    expect(free.openings).toEqual([]);
  });

  it('taken back as a whole everything is as it was, also what was confirmed; not once someone was told', async () => {
    const made = await fill(4);
    await ana.do(visits.confirmVisit, { params: { id: made[2]!.visitId }, body: { version: 1 } });
    await ana.do(visits.cancelVisit, {
      params: { id: made[3]!.visitId },
      body: { version: 1, reason: 'patient-ill' },
    });
    const before = await Promise.all(made.map((one) => read(one.visitId)));
    const first = await ana.do(api.commitRescue, { body: takenAs(await planFor(ana)) });
    const id = first.rescue.rescueId;
    const { rescue } = await ana.do(api.undoRescue, {
      params: { id },
      body: { version: first.rescue.version },
    });
    expect(rescue.undoneAt).not.toBeNull();
    const bare = ({ version: _version, ...visit }: (typeof before)[number]) => visit;
    const after = await Promise.all(made.map((one) => read(one.visitId)));
    expect(after.map(bare)).toEqual(before.map(bare));
    const day = await ana.do(readDay, { query: { date: today } });
    expect(day.blocks).toEqual([]);

    const second = await ana.do(api.commitRescue, { body: takenAs(await planFor(ana)) });
    const [line] = second.lines;
    const told = await ana.do(api.sayTold, {
      params: { id: line!.lineId },
      body: { version: 1, kind: 'agreed' },
    });
    expect((await read(told.line.visitId)).confirmedAt).not.toBeNull();
    const refused = await ana.ask(api.undoRescue, {
      params: { id: second.rescue.rescueId },
      body: { version: second.rescue.version },
    });
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'Someone was told already. Put visits back one by one, each with a word to the person.',
    ]);
    // One by one, once the time is open again
    const closed = await ana.ask(api.undoLine, { params: { id: line!.lineId }, body: { version: 2 } });
    expect(closed.status).toBe(409);
    await ana.do(api.openAgain, {
      params: { id: second.rescue.rescueId },
      body: { version: second.rescue.version },
    });
    await ana.do(api.undoLine, { params: { id: line!.lineId }, body: { version: 2 } });
    expect((await read(line!.visitId)).startsAt).toBe(line!.fromStartsAt);
  });

  it('a place that someone has meanwhile: nothing happens, and the answer says whose it was', async () => {
    await fill(2);
    const asked = await planFor(ana);
    // The desk went away for a quarter of an hour, its holds are over, and Ben books the first place
    office.clock.advance(11 * 60_000);
    const [first] = asked.proposals;
    await ben.do(visits.bookVisit, {
      body: {
        ...{ patientId: plan.patients[11]!, visitTypeId: plan.followUp, siteId: first!.siteId! },
        ...{ physicianId: first!.physicianId!, startsAt: first!.startsAt!, resourceIds: [] },
      },
    });
    const before = await Promise.all(asked.people.map((one) => read(one.visitId)));
    const refused = await ana.ask(api.commitRescue, { body: takenAs(asked) });
    expect(refused.status).toBe(409);
    expect(refused.body.message).toMatch(/^Nothing was changed: a place was taken meanwhile\. /);
    expect(refused.body.offers).toMatchObject({ collided: [{ visitId: first!.visitId }], missing: [] });
    expect(await Promise.all(asked.people.map((one) => read(one.visitId)))).toEqual(before);
    const again = await planFor(ana);
    expect((await ana.ask(api.commitRescue, { body: takenAs(again) })).status).toBe(200);
  });

  it('who was booked after the list was made is not left behind', async () => {
    await fill(1);
    const asked = await planFor(ana);
    const late = await book(9, '14:00');
    const refused = await ana.ask(api.commitRescue, { body: takenAs(asked) });
    expect(refused.body).toMatchObject({ error: 'conflict', offers: { missing: [late.visitId] } });
  });

  it('held for one desk: another desk gets other places, and nobody books them meanwhile', async () => {
    await fill(3);
    const mine = await planFor(ana);
    const theirs = await planFor(ben);
    const key = (one: { startsAt: string | null; physicianId: string | null }) =>
      `${one.startsAt} ${one.physicianId}`;
    // The nurses have three places at a time
    const taken = new Set(mine.proposals.filter((one) => one.physicianId !== plan.nurses).map(key));
    expect(theirs.proposals.filter((one) => taken.has(key(one)))).toEqual([]);
    const [first] = mine.proposals;
    const booked = await ben.ask(visits.bookVisit, {
      body: {
        ...{ patientId: plan.patients[11]!, visitTypeId: plan.followUp, siteId: first!.siteId! },
        ...{ physicianId: first!.physicianId!, startsAt: first!.startsAt!, resourceIds: [] },
      },
    });
    expect([booked.status, booked.body.message]).toEqual([409, expect.stringContaining('holds this time')]);
    await ana.do(api.letGo, {});
    expect((await ana.do(api.keepPlaces, {})).heldUntil).toBeNull();
  });

  it('one choice is changed: another time, another physician, a call, cancelled', async () => {
    await fill(3);
    const asked = await planFor(ana);
    const [one, two, three] = asked.proposals;
    const what = { physicianId: plan.lee, fromAt: asked.fromAt, toAt: asked.toAt, visitId: one!.visitId };
    const not = [{ startsAt: one!.startsAt!, physicianId: one!.physicianId! }];
    const next = await ana.do(api.findAnother, { body: { ...what, not, releases: one!.holdId! } });
    expect([
      next.proposal.startsAt === one!.startsAt && next.proposal.physicianId === one!.physicianId,
    ]).toEqual([false]);
    const other = await ana.do(api.findAnother, {
      body: { ...what, not, otherPhysician: true, releases: next.proposal.holdId! },
    });
    expect(other.proposal.physicianId).not.toBe(one!.physicianId);
    const taken = takenAs({ ...asked, proposals: [other.proposal, ...asked.proposals.slice(1)] });
    taken.lines[1] = { ...taken.lines[1]!, choice: 'cancel' };
    taken.lines[2] = { ...taken.lines[2]!, choice: 'call' };
    const { lines } = await ana.do(api.commitRescue, { body: taken });
    const choiceOf = (visitId: string) => lines.find((line) => line.visitId === visitId)?.choice;
    expect([choiceOf(two!.visitId), choiceOf(three!.visitId)]).toEqual(['cancel', 'call']);
    expect((await read(two!.visitId)).cancelReason).toBe('physician-away');
    expect((await read(three!.visitId)).state).toBe('booked');
  });

  it('who refuses gets another time, or is owed one by somebody; Today holds it until all have answered', async () => {
    await fill(3);
    const { rescue: made, lines } = await ana.do(api.commitRescue, { body: takenAs(await planFor(ana)) });
    const [one, two, three] = lines;
    const refused = await ana.do(api.sayTold, {
      params: { id: one!.lineId },
      body: { version: 1, kind: 'refused' },
    });
    expect(refused.line.answer).toBe('refused');
    const { openings } = await ana.do(findOpenings, {
      body: {
        visitTypeId: plan.followUp,
        patientId: one!.patientId,
        ignoreVisitId: one!.visitId,
        from: addDays(today, 2),
      },
    });
    const { startsAt, siteId, physicianId, resourceIds } = openings[0]!;
    const moved = await ana.do(api.takeAnother, {
      params: { id: one!.lineId },
      body: { version: 2, startsAt, siteId, physicianId, resourceIds },
    });
    expect([moved.line.answer, moved.line.toStartsAt]).toEqual(['agreed', startsAt]);
    const owed = await ana.do(api.toRebook, {
      params: { id: two!.lineId },
      body: { version: 1, dueAt: at('16:00', 2) },
    });
    expect([owed.line.answer, owed.line.ownerRole, owed.line.visitState]).toEqual([
      'owed',
      'secretary',
      'cancelled',
    ]);
    // Whoever moves it on the schedule has spoken with them
    const visit = await read(three!.visitId);
    await ana.do(cancelVisit, {
      params: { id: visit.visitId },
      body: { version: visit.version, reason: 'patient-asked' },
    });
    const { rescue } = await ana.do(api.readRescue, { params: { id: made.rescueId } });
    expect(rescue.counts).toEqual({ all: 3, agreed: 2, waiting: 0, refused: 0, owed: 1 });
    await ana.do(api.settleLine, { params: { id: two!.lineId }, body: { version: 2 } });
  });

  it('late by 40 minutes: the session moves on as far as it fits, gaps take it up, who is here is told', async () => {
    const here = await book(0, '09:00');
    await ana.do(visits.arriveVisit, { params: { id: here.visitId }, body: { version: 1 } });
    const first = await book(1, '10:00');
    const second = await book(2, '10:15');
    const spared = await book(3, '11:30');
    const last = await book(4, '11:15');
    const asked = await planFor(ana, { when: 'late', minutes: 40 });
    const becomes = (visitId: string) => asked.proposals.find((one) => one.visitId === visitId);
    expect([first, second].map((one) => becomes(one.visitId)?.startsAt)).toEqual([at('10:40'), at('10:55')]);
    expect([last, spared].map((one) => becomes(one.visitId))).toEqual([undefined, undefined]);
    expect(becomes(here.visitId)).toMatchObject({ choice: 'call', text: 'is here: speak with them now' });
    const { lines, rescue } = await ana.do(api.commitRescue, { body: takenAs(asked) });
    expect([lines.length, rescue.kind, rescue.toAt]).toEqual([3, 'late', at('10:40')]);
    await ana.do(api.undoRescue, { params: { id: rescue.rescueId }, body: { version: 1 } });
    expect((await read(second.visitId)).startsAt).toBe(second.startsAt);
  });

  it('a plan asks the same few statements for two visits and for seven', async () => {
    await fill(2);
    const count = async () => {
      const before = office.statements();
      await planFor(ana);
      return office.statements() - before;
    };
    await count();
    const two = await count();
    for (let i = 2; i < 7; i++) await book(i, quarter(i));
    await count();
    expect([await count(), two <= 26]).toEqual([two, true]);
  });

  it('only secretary and manager run it, and the paper is a PDF', async () => {
    await fill(1);
    const nurse = await practice.as('nurse');
    expect((await nurse.ask(api.planRescue, { body: { physicianId: plan.lee } })).status).toBe(403);
    const { rescue } = await ana.do(api.commitRescue, { body: takenAs(await planFor(ana)) });
    const printed = await ana.do(api.printCallList, { params: { id: rescue.rescueId } });
    expect([printed.fileName, Buffer.from(printed.pdf, 'base64').subarray(0, 5).toString()]).toEqual([
      `call-list-${today}.pdf`,
      '%PDF-',
    ]);
  });
});
