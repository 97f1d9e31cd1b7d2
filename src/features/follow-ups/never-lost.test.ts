import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, storages, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { rounds, seed } from '../../../test/rounds.ts';
import { addDays, isoWeekday } from '../../platform/calendar/dates.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import {
  arriveVisit,
  cancelVisit,
  checkOutVisit,
  enterVisitInError,
  noShowVisit,
  undoVisit,
} from '../schedule/steps/commands.ts';
import { findVisit } from '../schedule/visits/queries.ts';
import { recordAttempt } from './attempts/commands.ts';
import { endFollowUp, orderFollowUp, unlinkFollowUp } from './commands.ts';
import { settleKept, unsettle } from './jobs.ts';
import { listToBook } from './queries.ts';
import { readBack } from './recording/commands.ts';
import { dateAfter } from './rules.ts';
import type { FollowUp } from './schema.ts';
import { bookFirst, tickAll } from './simulate.ts';

const startsOn = '2026-03-02';
const quarterDays = 91;
const live = ['booked', 'arrived', 'in_room', 'with_physician'];
const farOff = '2099-12-31';

type World = { plan: TestSchedule; random: Random; ids: string[]; today: string };
type Facts = {
  followUpId: string;
  endedAs: string | null;
  visitState: string | null;
  /** of the visits taken for it and not let go */
  liveVisits: number;
};

/** What the rows say, read past the feature's own statements. */
async function readFacts(tx: Tx): Promise<Facts[]> {
  const { rows } = await sql<Facts>`
    select f.follow_up_id, f.ended_as, v.state as visit_state,
      (select count(distinct x.visit_id)::int from follow_up_steps x join visits y on y.visit_id = x.visit_id
        where x.follow_up_id = f.follow_up_id and x.kind in ('booked', 'linked')
          and y.state in ('booked', 'arrived', 'in_room', 'with_physician')
          and not exists (select from follow_up_steps u where u.follow_up_id = f.follow_up_id
            and u.visit_id = x.visit_id and u.kind = 'unlinked' and u.version > x.version)) as live_visits
    from follow_ups f left join visits v on v.visit_id = f.visit_id
    order by f.follow_up_id limit 5000`.execute(tx.db);
  return rows;
}

function expected({ endedAs, visitState }: Facts): string {
  if (endedAs) return endedAs;
  if (visitState === 'checked_out') return 'kept';
  return visitState && live.includes(visitState) ? 'booked' : 'open';
}

async function order(tx: Tx, { plan, random, ids, today }: World): Promise<void> {
  const made = await orderFollowUp(tx, {
    patientId: random.pick(plan.patients),
    visitTypeId: plan.followUp,
    physicianId: random.pick([plan.lee, plan.okoye, null]),
    targetOn: dateAfter(today, random.pick(['10d', '2w', '3w', '6w'])) ?? today,
    priority: random.pick(['routine', 'soon', 'urgent']),
    first: random.pick([[], ['MRI'], ['MRI', 'labs']]),
  });
  ids.push(made.followUpId);
}

/** Whoever has the list in hand: books, tries, or hears that the patient does not want it. */
async function workOn(tx: Tx, one: FollowUp, { random, today }: World): Promise<void> {
  const { followUpId, version } = one;
  const drawn = random.next();
  if (drawn < 0.55) await bookFirst(tx, one, today);
  else if (drawn < 0.65) await endFollowUp(tx, followUpId, 'refused', { version, reason: 'feels well' });
  else if (drawn < 0.7) await endFollowUp(tx, followUpId, 'closed', { version, reason: 'is well' });
  else {
    const nextTryOn = addDays(today, 1 + random.below(4));
    await recordAttempt(tx, followUpId, {
      version,
      channel: 'call',
      outcome: 'no-answer',
      note: '',
      nextTryOn,
    });
  }
}

/** A visit that is booked for one: it comes to its day, or does not. */
async function liveOn(tx: Tx, one: FollowUp, { random, today }: World): Promise<void> {
  const visit = one.visit && (await findVisit(tx.db, one.visit.visitId));
  if (!visit) return;
  const { visitId, version } = visit;
  const on = visit.startsAt.slice(0, 10);
  if (on > today) {
    if (random.chance(0.02)) await cancelVisit(tx, visitId, { version, reason: 'patient-ill', text: '' });
    else if (random.chance(0.01)) await unlinkFollowUp(tx, one.followUpId, one.version);
    else if (random.chance(0.1)) await tickAll(tx, one);
    return;
  }
  if (random.chance(0.15)) return void (await noShowVisit(tx, visitId, { version }));
  const arrived = await arriveVisit(tx, visitId, { version });
  const out = await checkOutVisit(tx, visitId, { version: arrived.version });
  if (!random.chance(0.1)) return;
  const undone = await undoVisit(tx, visitId, { version: out.version });
  await checkOutVisit(tx, visitId, { version: undone.version });
}

async function playDay(tx: Tx, world: World): Promise<void> {
  const { random, today } = world;
  tx.now = new Date(`${today}T22:00:00.000Z`);
  await settleKept(tx);
  if (random.chance(0.35)) await order(tx, world);
  for (const followUpId of world.ids) {
    const one = await readBack(tx, followUpId);
    if (one.state === 'booked') await liveOn(tx, one, world);
    else if (one.state === 'open' && one.actOn <= today) await workOn(tx, one, world);
    else if (one.state === 'kept' && one.visit && random.chance(0.003)) {
      const wrong = { version: one.visit.version, reason: 'another person' };
      await enterVisitInError(tx, one.visit.visitId, wrong);
      await unsettle(tx, { visitId: one.visit.visitId });
    }
  }
}

describe('nobody falls off', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  beforeAll(async () => {
    office = await openTestOffice({ storage: storages.at(-1) });
  });
  afterAll(() => office.close());

  const check = async (tx: Tx, ids: readonly string[]) => {
    const facts = await readFacts(tx);
    expect(facts.map((one) => one.followUpId).sort()).toEqual([...ids].sort());
    const owed = new Set((await listToBook(tx.db, farOff)).map((one) => one.followUpId));
    for (const one of facts) {
      const { state } = await readBack(tx, one.followUpId);
      expect(state).toBe(expected(one));
      expect(one.liveVisits).toBe(state === 'booked' ? 1 : 0);
      // Without an outcome it is somebody's work: to be booked, or a visit is.
      expect(owed.has(one.followUpId)).toBe(state === 'open');
    }
  };

  it.each(Array.from({ length: rounds(1, 40) }, (_, round) => seed() + round))(
    'keeps every follow-up of a quarter on a list until it was kept, refused or closed: seed %i',
    async (key) => {
      practice = await office.practice();
      plan = await setUpSchedule(practice);
      const world: World = { plan, random: seeded('never lost', key), ids: [], today: startsOn };
      for (let day = 0; day < quarterDays; day++) {
        world.today = addDays(startsOn, day);
        if (isoWeekday(world.today) > 5) continue;
        await practice.tx((tx) => playDay(tx, world));
        if (day % 28 === 0) await practice.tx((tx) => check(tx, world.ids));
      }
      await practice.tx((tx) => check(tx, world.ids));
      expect(world.ids.length).toBeGreaterThan(5);
    },
    120_000,
  );
});
