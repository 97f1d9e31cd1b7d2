import { dayNumber } from '../../../platform/calendar/dates.ts';
import { longestReportDays, type Outcomes } from './schema.ts';

/** What the counts of a report mean. Pure. */

/** Days from booking to visit, as they are told apart; a walk-in is of its own day. */
export const leadStretches = [
  { key: '0', from: 0, label: 'Same day' },
  { key: '1', from: 1, label: '1 to 7 days ahead' },
  { key: '8', from: 8, label: '8 to 30 days ahead' },
  { key: '31', from: 31, label: '31 to 90 days ahead' },
  { key: '91', from: 91, label: 'More than 90 days ahead' },
] as const;

export const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

export const none: Outcomes = {
  visits: 0,
  kept: 0,
  open: 0,
  noShows: 0,
  leftUnseen: 0,
  cancelledByPatient: 0,
  cancelledByPractice: 0,
  lateCancels: 0,
  lateMoves: 0,
};

export function sumOf(rows: readonly Outcomes[]): Outcomes {
  const sum = { ...none };
  for (const row of rows) for (const key of Object.keys(none) as (keyof Outcomes)[]) sum[key] += row[key];
  return sum;
}

/** A part of a whole: `hits` of `all`; of nothing there is no rate. */
export type Rate = { hits: number; all: number };

/** Of the visits whose hour came with the patient expected, those that the patient missed. */
export function noShowRate(one: Outcomes): Rate {
  return { hits: one.noShows, all: one.kept + one.noShows + one.leftUnseen };
}

/** Of those and the ones cancelled too late to fill, the latter. */
export function lateCancelRate(one: Outcomes): Rate {
  return { hits: one.lateCancels, all: one.kept + one.noShows + one.leftUnseen + one.lateCancels };
}

export function shareOf({ hits, all }: Rate): number | null {
  return all === 0 ? null : hits / all;
}

/** 95 of 100. */
const z = 1.96;

/** Wilson's interval: where the share lies with so few seen. [0, 1] of nothing. */
export function rangeOf({ hits, all }: Rate): [low: number, high: number] {
  if (all === 0) return [0, 1];
  const share = hits / all;
  const middle = share + z ** 2 / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  const whole = 1 + z ** 2 / all;
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)];
}

/** Of fewer no difference is told. */
export const fewest = 20;

/** Whether a share differs from the practice's usual by more than chance would explain. */
export function compared(one: Rate, usual: Rate): 'higher' | 'lower' | 'usual' {
  const base = shareOf(usual);
  if (base === null || one.all < fewest) return 'usual';
  const [low, high] = rangeOf(one);
  return base < low ? 'higher' : base > high ? 'lower' : 'usual';
}

/** Why no report can be made of these days. */
export function whyNotDays({ from, to }: { from: string; to: string }): string | undefined {
  if (to < from) return 'The first day comes before the last.';
  if (dayNumber(to) - dayNumber(from) >= longestReportDays)
    return `At most ${longestReportDays} days at once: choose a later first day.`;
  return undefined;
}

type Stretch = { startMs: number; endMs: number };

/**
 * The third of the appointments that could be given out one after the other: openings that overlap are one. Access
 * is told by the third, since a cancellation a minute ago makes the first look near.
 */
export function nthApart<T extends Stretch>(openings: readonly T[], nth: number): T | undefined {
  let found = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const one of [...openings].sort((a, b) => a.startMs - b.startMs)) {
    if (one.startMs < untilMs) continue;
    untilMs = one.endMs;
    found += 1;
    if (found === nth) return one;
  }
  return undefined;
}

/** Minutes that stretches have in common with a stretch. */
export function minutesWithin(stretches: readonly Stretch[], { startMs, endMs }: Stretch): number {
  const inside = stretches.map((one) => Math.min(one.endMs, endMs) - Math.max(one.startMs, startMs));
  return inside.filter((ms) => ms > 0).reduce((sum, ms) => sum + ms, 0) / 60_000;
}
