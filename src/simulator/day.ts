import { loadPlanned } from '../features/schedule/bulk/simulate.ts';
import { readHoursFacts } from '../features/schedule/hours/queries.ts';
import { readBusy } from '../features/schedule/openings/busy/queries.ts';
import {
  bookedAt,
  type Fate,
  missChance,
  playVisit,
  type Story,
} from '../features/schedule/steps/simulate.ts';
import { type PlannedVisit, planDay, type SimulatedPatient } from '../features/schedule/visits/simulate.ts';
import { dayBounds } from '../platform/calendar/zones.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { seeded } from '../platform/random.ts';
import { Refusal } from '../platform/refusal.ts';
import { listSimulated, type Simulation } from './cast.ts';
import { fillOf } from './plan.ts';
import { listTakenBeforehand } from './queries.ts';

const minuteMs = 60_000;
/** As far as the medians of the flow look back (schedule/flow). */
const flowDays = 30;

export type DayPlan = { date: string; ahead: number; visits: PlannedVisit[]; fates: Map<number, Fate> };

type Day = { date: string; ahead: number; untilMs: number };
/** `patients`: as listSimulated lists them, for who plans many days */
type DayToRead = Day & { patients?: readonly SimulatedPatient[] };

/** The plan of a day, the same whenever it is asked for: from the hours, the people and the seed. */
export async function readDayPlan(tx: Tx, simulation: Simulation, day: DayToRead): Promise<DayPlan> {
  const { date, ahead, untilMs } = day;
  const facts = await readHoursFacts(tx.db, date, date);
  const { startMs, endMs } = dayBounds(date, simulation.timeZone);
  const visits = planDay({
    date,
    facts,
    // Series and groups of today are booked before any day that they fall on is played
    taken: ahead > 0 ? await listTakenBeforehand(tx.db, startMs, endMs) : [],
    patients: day.patients ?? (await listSimulated(tx, simulation)),
    random: seeded(simulation.seed, 'day', date),
    fill: fillOf(ahead, simulation.size.density),
    minutesAtMost: simulation.size.load?.minutesAtMost,
  });
  return { date, ahead, visits, fates: ahead === 0 ? eventsOfToday(visits, untilMs) : new Map() };
}

/** What fits around what is booked already: for days that were planned thinly, or by people. */
export async function readTopUp(
  tx: Tx,
  simulation: Simulation,
  day: Day & { fill: number },
): Promise<DayPlan> {
  const { date, ahead, untilMs, fill } = day;
  const facts = await readHoursFacts(tx.db, date, date);
  const { startMs, endMs } = dayBounds(date, simulation.timeZone);
  const resourceIds = facts.resources.map((one) => one.resourceId);
  const { busy } = await readBusy(tx.db, { resourceIds, fromMs: startMs, toMs: endMs });
  const random = seeded(simulation.seed, 'top-up', date);
  const visits = planDay({
    ...{ date, facts, random, fill, taken: busy },
    patients: await listSimulated(tx, simulation),
  });
  return { date, ahead, visits, fates: ahead === 0 ? eventsOfToday(visits, untilMs) : new Map() };
}

/** One is late, one waits too long, one never came: what a secretary sees on any morning. */
function eventsOfToday(visits: readonly PlannedVisit[], nowMs: number): Map<number, Fate> {
  const fates = new Map<number, Fate>();
  const give = (fate: Fate, fromMinutes: number, toMinutes: number) => {
    const found = visits.findIndex(
      (one, index) =>
        !fates.has(index) &&
        one.code !== 'tel' &&
        one.startMs <= nowMs - fromMinutes * minuteMs &&
        one.startMs >= nowMs - toMinutes * minuteMs,
    );
    if (found >= 0) fates.set(found, fate);
  };
  give('waits', 28, 55);
  give('late', 13, 40);
  give('misses', 40, 180);
  return fates;
}

/** Seeded chance of one visit: a second try of its transaction plays the same. */
export function chanceOf(simulation: Simulation, date: string, index: number) {
  return seeded(simulation.seed, 'visit', date, index);
}

/** @param chance of a miss, 0 to 1 */
export function fateOf(
  { ahead, fates }: DayPlan,
  index: number,
  rolled: { roll: number; chance: number },
): Fate {
  const given = fates.get(index);
  if (given) return given;
  const { roll, chance } = rolled;
  if (roll < 0.05) return 'cancels';
  // Those missed lately are still owed a call, so there are few of them.
  const misses = ahead >= 0 ? 0 : ahead >= -7 ? chance / 4 : chance;
  return roll < 0.05 + misses ? 'misses' : 'keeps';
}

type OfPlan = { index: number; visit: PlannedVisit; untilMs: number };

function courseOf(simulation: Simulation, plan: DayPlan, { index, visit, untilMs }: OfPlan): Story {
  const random = chanceOf(simulation, plan.date, index);
  const roll = random.next();
  const bookedMs = bookedAt(visit, random, untilMs);
  const fate = fateOf(plan, index, { roll, chance: missChance({ ...visit, bookedMs }) });
  // Of what is long over the end is enough; the history of today's visits is told in full.
  const rooms = plan.ahead >= -flowDays;
  return { fate, random, bookedMs, full: visit.endMs > untilMs - 90 * minuteMs, rooms };
}

/** Write the visits of a plan as `playSome` would leave them, many at a time. */
export async function loadDay(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  { untilMs }: { untilMs: number },
): Promise<void> {
  const facts = await readHoursFacts(tx.db, plan.date, plan.date);
  const planned = plan.visits.map((visit, index) => ({
    visit,
    course: courseOf(simulation, plan, { index, visit, untilMs }),
  }));
  await loadPlanned(tx, planned, { players: simulation.players, untilMs, facts });
  tx.now = new Date(untilMs);
}

export type Played = { offset: number; refused: number; patientIds: string[] };

/** Play visits of a plan from `offset` on, until they are done or `budgetMs` is used. */
export async function playSome(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  from: { offset: number; untilMs: number; budgetMs: number },
): Promise<Played> {
  const began = performance.now();
  const played: Played = { offset: from.offset, refused: 0, patientIds: [] };
  while (played.offset < plan.visits.length && performance.now() - began < from.budgetMs) {
    const visit = plan.visits[played.offset];
    if (!visit) break;
    const course = courseOf(simulation, plan, { index: played.offset, visit, untilMs: from.untilMs });
    try {
      const { players } = simulation;
      await playVisit(tx, visit, course, { players, untilMs: from.untilMs, random: course.random });
      played.patientIds.push(visit.patientId);
    } catch (error) {
      // Someone at a desk was there first: theirs stays. Anything else is a fault and ends the transaction.
      if (!(error instanceof Refusal) || error.code !== 'conflict') throw error;
      played.refused += 1;
    }
    played.offset += 1;
  }
  return played;
}
