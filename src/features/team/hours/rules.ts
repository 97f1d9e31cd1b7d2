import { daysBetween, listDates } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate, localTime } from '../../../platform/calendar/zones.ts';

export type Closing = { from: string; to: string; startsLocal: string | null; endsLocal: string | null };

/** The schedule takes at most so many days in one closing. */
const mostDays = 90;

/**
 * The days and hours of the schedule that an absence covers: whole days together, what begins or ends within a day by
 * itself. Days before `today` are past and left alone.
 */
export function closingsOf(
  startsMs: number,
  endsMs: number,
  { timeZone, today }: { timeZone: string; today: string },
): Closing[] {
  const closings: Closing[] = [];
  const first = localDate(startsMs, timeZone);
  for (const date of listDates(first < today ? today : first, localDate(endsMs - 1, timeZone))) {
    const { startMs, endMs } = dayBounds(date, timeZone);
    const before = closings.at(-1);
    if (startsMs > startMs || endsMs < endMs) {
      const startsLocal = startsMs > startMs ? localTime(startsMs, timeZone) : '00:00';
      const endsLocal = endsMs < endMs ? localTime(endsMs, timeZone) : '24:00';
      closings.push({ from: date, to: date, startsLocal, endsLocal });
    } else if (before?.startsLocal === null && daysBetween(before.from, date) < mostDays) before.to = date;
    else closings.push({ from: date, to: date, startsLocal: null, endsLocal: null });
  }
  return closings;
}
