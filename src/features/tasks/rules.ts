import { addDays, addMonthsClamped } from '../../platform/calendar/dates.ts';
import { localDate, localTime, toInstant } from '../../platform/calendar/zones.ts';
import type { Repeat } from './schema.ts';

/** The date so many repeats after the first; a month that ends earlier takes its last day. */
export function repeatDate(anchoredOn: string, repeat: Repeat, times: number): string {
  const steps = repeat.count * times;
  switch (repeat.every) {
    case 'day':
      return addDays(anchoredOn, steps);
    case 'week':
      return addDays(anchoredOn, steps * 7);
    case 'month':
      return addMonthsClamped(anchoredOn, steps);
    case 'year':
      return addMonthsClamped(anchoredOn, steps * 12);
  }
}

type Repeating = { dueAt: string; anchoredOn: string; repeat: Repeat };

/**
 * When a repeating task is due again: the first of its dates after the one just done that is not past, at the
 * same time on the wall. Done weeks late, it comes once, not once for every week missed.
 */
export function nextDueAt({ dueAt, anchoredOn, repeat }: Repeating, now: Date, timeZone: string): string {
  const dueMs = Date.parse(dueAt);
  const time = localTime(dueMs, timeZone);
  const doneOn = localDate(dueMs, timeZone);
  const today = localDate(now.getTime(), timeZone);
  // A daily task of a century: more means a broken anchor, not a long life.
  for (let times = 1; times < 40_000; times++) {
    const date = repeatDate(anchoredOn, repeat, times);
    if (date > doneOn && date >= today) return new Date(toInstant(date, time, timeZone)).toISOString();
  }
  throw new RangeError('A repeating task has no next date.');
}

/** "every week", "every 3 months" */
export function repeatLabel(repeat: Repeat): string {
  return repeat.count === 1 ? `every ${repeat.every}` : `every ${repeat.count} ${repeat.every}s`;
}
