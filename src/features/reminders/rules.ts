import { addDays } from '../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../platform/calendar/zones.ts';
import type { ReminderRule, ReminderStep } from './schema.ts';

/** As usual until the practice writes its own: three days before, and the day before to who has not answered. */
export const usualSteps: readonly ReminderStep[] = [
  { daysBefore: 3, at: '10:00' },
  { daysBefore: 1, at: '10:00' },
];

/** Nobody is reminded of what they booked a moment ago, or when they are on their way. */
const leastHoursBefore = 2;
const hourMs = 3_600_000;

/** The steps for a type of visit: of the rule that names it, else of the one for all. */
export function stepsFor(visitTypeId: string, rules: readonly ReminderRule[]): readonly ReminderStep[] {
  const active = rules.filter((one) => one.active);
  const own = active.find((one) => one.visitTypeIds.includes(visitTypeId));
  const all = active.find((one) => one.visitTypeIds.length === 0);
  if (own) return own.steps;
  // Where the practice wrote rules and none holds, it wants none
  return all?.steps ?? (rules.some((one) => one.visitTypeIds.length === 0) ? [] : usualSteps);
}

/** When a step is due, by the clock at the place of the visit. */
export function dueMsOf({ daysBefore, at }: ReminderStep, startsAtMs: number, timeZone: string): number {
  return toInstant(addDays(localDate(startsAtMs, timeZone), -daysBefore), at, timeZone);
}

type Visit = {
  startsAtMs: number;
  timeZone: string;
  confirmedAt: string | null;
  /** They asked for a call about it: a human answers, not the next reminder. */
  hasAnswered: boolean;
  /** When it was booked, or moved to where it stands. */
  placedAtMs: number;
  /** Steps that were done for the time at which it stands. */
  doneSteps: readonly number[];
};

/**
 * The step to do now: the last one that is due, where several are; none once it is confirmed or answered, none that was due
 * before the visit was booked or moved, and none too near.
 */
export function stepNow(visit: Visit, steps: readonly ReminderStep[], nowMs: number): ReminderStep | null {
  const { startsAtMs, timeZone, confirmedAt, hasAnswered, placedAtMs, doneSteps } = visit;
  if (confirmedAt !== null || hasAnswered || startsAtMs - nowMs < leastHoursBefore * hourMs) return null;
  const due = steps
    .map((step) => ({ step, dueMs: dueMsOf(step, startsAtMs, timeZone) }))
    .filter(({ dueMs }) => dueMs <= nowMs && dueMs > placedAtMs && dueMs < startsAtMs)
    .sort((one, other) => other.dueMs - one.dueMs);
  const last = due[0]?.step;
  // A later one that was done stands for the earlier
  return last && !doneSteps.some((done) => done <= last.daysBefore) ? last : null;
}

/** The furthest that any step reaches. */
export function furthestDays(rules: readonly ReminderRule[]): number {
  const steps = [...usualSteps, ...rules.flatMap((one) => one.steps)];
  return Math.max(...steps.map((one) => one.daysBefore));
}

/** `reminder`, `9:00 am`, `9:00 am and 10:30 am`: the visits of one person on one day in one message. */
export function sayTimes(times: readonly string[], and: string): string {
  if (times.length < 2) return times[0] ?? '';
  return `${times.slice(0, -1).join(', ')} ${and} ${times.at(-1)}`;
}
