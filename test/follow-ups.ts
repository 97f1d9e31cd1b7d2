import * as api from '../src/features/follow-ups/api.ts';
import { followUpDuties } from '../src/features/follow-ups/duties.ts';
import { readBack } from '../src/features/follow-ups/recording/commands.ts';
import type { FollowUp, NewFollowUp } from '../src/features/follow-ups/schema.ts';
import { bookVisit } from '../src/features/schedule/visits/api.ts';
import type { Visit } from '../src/features/schedule/visits/schema.ts';
import type { Desk, TestOffice, TestPractice } from './office.ts';
import { addPeople, setUpSchedule } from './practice.ts';

/** Wed 2026-03-04, 10:00 in New York: when a test office opens. */
const opened = '2026-03-04T15:00:00.000Z';

/** An office that orders follow-ups: whom, by whom, and the times that are left for them. */
export async function openFollowUps(office: TestOffice) {
  const practice: TestPractice = await office.practice();
  const plan = await setUpSchedule(practice);
  const ana = await practice.as('secretary');
  const doctor = await practice.as('physician');
  const people = await practice.tx((tx) => addPeople(tx, 40));
  let next = 0;
  let quarter = 0;
  /** Someone nobody ordered anything for yet. */
  const person = () => people[next++] ?? '';
  /** A time of its own from April 13 on, mornings, a quarter of an hour after the one before. */
  const slot = () => {
    const dayMs = Date.parse('2026-04-13T12:00:00.000Z') + Math.floor(quarter / 12) * 86_400_000;
    return new Date(dayMs + (quarter++ % 12) * 900_000).toISOString();
  };
  const place = () => ({
    ...{ visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main, startsAt: slot() },
  });
  return {
    ...{ practice, plan, ana, doctor, person, slot, place },
    order: async (draft: Partial<NewFollowUp> = {}, desk: Desk = ana): Promise<FollowUp> => {
      const usual = { visitTypeId: plan.followUp, physicianId: plan.lee, targetOn: '2026-04-15' };
      const body = { patientId: draft.patientId ?? person(), ...usual, ...draft };
      return (await desk.do(api.orderFollowUp, { body })).followUp;
    },
    read: (followUpId: string) => ana.do(api.readFollowUp, { params: { id: followUpId } }),
    /** As it is now, also at a moment when nobody is signed in. */
    find: (one: FollowUp) => practice.tx((tx) => readBack(tx, one.followUpId)),
    stateOf: async (one: FollowUp) => (await practice.tx((tx) => readBack(tx, one.followUpId))).state,
    book: (one: FollowUp) =>
      ana.do(api.bookFollowUp, {
        params: { id: one.followUpId },
        body: { version: one.version, ...place() },
      }),
    bookLoose: async (patientId: string, startsAt = slot()) =>
      (await ana.do(bookVisit, { body: { ...place(), startsAt, patientId } })).visit,
    owed: async (followUpId: string) => {
      const context = { now: office.clock.now(), practiceTimeZone: 'America/New_York' };
      const lists = await practice.tx((tx) =>
        Promise.all(followUpDuties.map((source) => source.list(tx.db, context))),
      );
      return lists.flat().filter((duty) => duty.subjectId === followUpId);
    },
    /** At another moment, at which no desk is signed in; back to the morning after it. */
    at: async (now: string, work: () => Promise<void>) => {
      office.clock.set(new Date(now));
      await work().finally(() => office.clock.set(new Date(opened)));
    },
    step: (visit: Visit) => ({ params: { id: visit.visitId }, body: { version: visit.version } }),
  };
}
export type FollowUps = Awaited<ReturnType<typeof openFollowUps>>;
