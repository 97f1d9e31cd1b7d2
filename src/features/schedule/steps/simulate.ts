import type { Actor, Tx } from '../../../platform/db/transaction.ts';
import type { Random } from '../../../platform/random.ts';
import { letGoVisit } from '../owed/commands.ts';
import { bookVisit } from '../visits/commands.ts';
import type { CancelReason, Visit } from '../visits/schema.ts';
import type { PlannedVisit } from '../visits/simulate.ts';
import * as commands from './commands.ts';

/** What happens to one simulated visit from the call to the check-out, and when. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The people of the office who play. */
export type Players = { secretary: Actor; nurse: Actor; physician: Actor };

/** `late`: not there though it is time. `waits`: here, and called by nobody. */
export type Fate = 'keeps' | 'cancels' | 'misses' | 'late' | 'waits';

type Step =
  | 'confirmed'
  | 'arrived'
  | 'in_room'
  | 'with_physician'
  | 'checked_out'
  | 'cancelled'
  | 'no_show'
  | 'let_go';
export type VisitMoment = { step: Step; atMs: number };

export type Course = {
  fate: Fate;
  random: Random;
  /** every step; else only those that the past is asked for: here, and done */
  full: boolean;
  /** of a visit that is not told in full, the room and the physician too: what the medians of the flow look at */
  rooms?: boolean;
};

/** With the moment of the booking, which the chance of a miss looks at. */
export type Story = Course & { bookedMs: number };

/** After the booking, in order of time. */
export function courseOf(visit: Pick<PlannedVisit, 'startMs' | 'endMs'>, course: Course): VisitMoment[] {
  const { fate, random, full } = course;
  const { startMs } = visit;
  // Reminders go out two to four days ahead; some are never answered.
  const reminder: VisitMoment = { step: 'confirmed', atMs: startMs - random.between(38, 90) * hourMs };
  const before = full && random.chance(0.93) ? [reminder] : [];
  switch (fate) {
    case 'cancels': {
      const cancel: VisitMoment = { step: 'cancelled', atMs: startMs - random.between(2, 70) * hourMs };
      return [...before.filter((one) => one.atMs < cancel.atMs), cancel, ...letGo(cancel.atMs, random)];
    }
    case 'late':
      return before;
    case 'misses':
      return [
        ...before,
        { step: 'no_show', atMs: startMs + 30 * minuteMs },
        ...letGo(startMs + 30 * minuteMs, random),
      ];
    case 'waits':
      return [...before, { step: 'arrived', atMs: startMs - random.between(3, 14) * minuteMs }];
    case 'keeps':
      return [...before, ...attend(visit, course)];
  }
}

export const letGoReason = 'Will call when a visit is wanted';

/** Most are asked within a day or two, and will call when they want another. */
function letGo(lostMs: number, random: Random): VisitMoment[] {
  return random.chance(0.9) ? [{ step: 'let_go', atMs: lostMs + random.between(1, 40) * hourMs }] : [];
}

function attend({ startMs, endMs }: Pick<PlannedVisit, 'startMs' | 'endMs'>, course: Course): VisitMoment[] {
  const { random, full, rooms } = course;
  const arriveMs = startMs - random.between(3, 14) * minuteMs;
  const roomMs = Math.max(arriveMs + 2 * minuteMs, startMs + random.between(-4, 8) * minuteMs);
  const seenMs = roomMs + random.between(3, 9) * minuteMs;
  const doneMs = Math.max(endMs + random.between(-4, 9) * minuteMs, seenMs + 5 * minuteMs);
  const arrive: VisitMoment = { step: 'arrived', atMs: arriveMs };
  const done: VisitMoment = { step: 'checked_out', atMs: doneMs };
  if (!full && !rooms) return [arrive, done];
  return [arrive, { step: 'in_room', atMs: roomMs }, { step: 'with_physician', atMs: seenMs }, done];
}

const stood: Record<string, number> = { arrived: 1, in_room: 2, with_physician: 3, checked_out: 4 };

/** What is left for a visit that stands where it stands, so that it ends as it would have. */
export function restOf(visit: Visit, course: Course): VisitMoment[] {
  const startMs = Date.parse(visit.startsAt);
  const all = courseOf({ startMs, endMs: Date.parse(visit.endsAt) }, { ...course, full: true });
  const rest = all.filter((one) => one.step !== 'confirmed');
  const behind = stood[visit.state] ?? 0;
  return behind === 0 ? rest : rest.filter((one) => (stood[one.step] ?? 0) > behind);
}

/** When the visit was booked: urgent ones the same day, others weeks before; never later than now. */
export function bookedAt(visit: PlannedVisit, random: Random, untilMs: number): number {
  const lead = visit.code === 'ur' ? random.between(1, 20) * hourMs : random.between(1, 45) * dayMs;
  return Math.min(visit.startMs - lead, untilMs - random.between(1, 18 * 60) * minuteMs);
}

export type Playing = { players: Players; untilMs: number; random: Random };

export const by: Record<Step, keyof Players> = {
  confirmed: 'secretary',
  arrived: 'secretary',
  in_room: 'nurse',
  with_physician: 'physician',
  checked_out: 'secretary',
  cancelled: 'secretary',
  no_show: 'secretary',
  let_go: 'secretary',
};

/** Play these moments of a visit in this transaction, each at its time and by its person, up to `untilMs`. */
export async function playMoments(
  tx: Tx,
  visit: Visit,
  moments: readonly VisitMoment[],
  { players, untilMs, random }: Playing,
): Promise<Visit> {
  let played = visit;
  for (const { step, atMs } of moments) {
    if (atMs > untilMs) break;
    tx.now = new Date(atMs);
    tx.actor = players[by[step]];
    played = await take(tx, played, step, random);
  }
  return played;
}

/** Some more often than others. */
export const cancelReasons: readonly CancelReason[] = [
  ...(['patient-asked', 'patient-asked', 'patient-ill', 'physician-away', 'other'] as const),
];

function take(tx: Tx, { visitId, version }: Visit, step: Step, random: Random): Promise<Visit> {
  switch (step) {
    case 'confirmed':
      return commands.confirmVisit(tx, visitId, { version, confirmed: true });
    case 'arrived':
      return commands.arriveVisit(tx, visitId, { version });
    case 'in_room':
      return commands.roomVisit(tx, visitId, { version });
    case 'with_physician':
      return commands.withPhysicianVisit(tx, visitId, { version });
    case 'checked_out':
      return commands.checkOutVisit(tx, visitId, { version });
    case 'no_show':
      return commands.noShowVisit(tx, visitId, { version });
    case 'let_go':
      return letGoVisit(tx, visitId, { version, reason: letGoReason });
    case 'cancelled':
      return commands.cancelVisit(tx, visitId, { version, reason: random.pick(cancelReasons), text: '' });
  }
}

type Missing = Pick<PlannedVisit, 'code' | 'startMs' | 'person'> & { bookedMs: number };

/**
 * How likely it is missed: more so the longer ahead it was booked, the first time, and by some people always. So the
 * history of a simulated practice tells something about who may not come.
 */
export function missChance({ code, startMs, bookedMs, person }: Missing): number {
  const days = (startMs - bookedMs) / dayMs;
  const lead = days <= 1 ? 0.2 : days <= 7 ? 0.5 : days <= 30 ? 1 : 2.4;
  const forgetful = person % 9 === 4 ? 9 : 0.5;
  return Math.min(0.6, 0.04 * lead * forgetful * (code === 'np' ? 2 : 1));
}

/** What happens to a planned visit after its booking, up to the end and beyond. */
export function storyOf(planned: PlannedVisit, story: Story): VisitMoment[] {
  const { bookedMs } = story;
  return (
    courseOf(planned, story)
      // Who calls at short notice is not reminded; who cancels has booked before.
      .filter((one) => one.step !== 'confirmed' || one.atMs > bookedMs)
      .map((one) =>
        one.atMs > bookedMs ? one : { ...one, atMs: bookedMs + (planned.startMs - bookedMs) / 2 },
      )
  );
}

/** Book a planned visit at its time and play it up to `untilMs`. */
export async function playVisit(
  tx: Tx,
  planned: PlannedVisit,
  story: Story,
  playing: Playing,
): Promise<Visit> {
  const moments = storyOf(planned, story);
  tx.now = new Date(story.bookedMs);
  tx.actor = playing.players.secretary;
  const { patientId, visitTypeId, siteId, physicianId, resourceIds, reason } = planned;
  const startsAt = new Date(planned.startMs).toISOString();
  const minutes = (planned.endMs - planned.startMs) / minuteMs;
  const what = { patientId, visitTypeId, siteId, physicianId, resourceIds };
  const wanted = { ...what, startsAt, minutes, reason, note: '' };
  const booked = await bookVisit(tx, wanted);
  return playMoments(tx, booked, moments, playing);
}
