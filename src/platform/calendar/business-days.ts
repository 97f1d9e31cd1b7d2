import { addDays, isoWeekday } from './dates.ts';
import { localDate } from './zones.ts';

export type BusinessCalendar = {
  /** The date at an instant where the practice is. */
  dateAt(atMs: number): string;
  isBusinessDay(date: string): boolean;
  /** The name of the closure on this date, or null. */
  closureOn(date: string): string | null;
  /** The business day so many business days later (earlier when negative); 0 gives the date itself. */
  addBusinessDays(date: string, days: number): string;
  /** The first business day after the date. */
  nextBusinessDay(date: string): string;
  /** Business days after `from` up to and with `to`; negative when `to` is earlier. */
  businessDaysBetween(from: string, to: string): number;
};

type Closed = { timeZone: string; closedWeekdays: number[]; closures: { onDate: string; name: string }[] };

// Ten years of closures in a row is not an office but a mistake in the settings
const longestClosedDays = 3660;

/** The one calendar of business days. Weekdays are 1 Monday to 7 Sunday. */
export function businessCalendar({ timeZone, closedWeekdays, closures }: Closed): BusinessCalendar {
  const closedNames = new Map(closures.map((closure) => [closure.onDate, closure.name]));
  const isBusinessDay = (date: string) =>
    !closedWeekdays.includes(isoWeekday(date)) && !closedNames.has(date);

  function step(date: string, direction: 1 | -1): string {
    for (let days = 1; days <= longestClosedDays; days++) {
      const other = addDays(date, direction * days);
      if (isBusinessDay(other)) return other;
    }
    throw new RangeError(`No business day near ${date}: the calendar is closed every day`);
  }

  function addBusinessDays(date: string, days: number): string {
    let reached = date;
    for (let done = 0; done < Math.abs(days); done++) reached = step(reached, days > 0 ? 1 : -1);
    return reached;
  }

  function businessDaysBetween(from: string, to: string): number {
    if (to < from) return -businessDaysBetween(to, from);
    let count = 0;
    for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) if (isBusinessDay(date)) count++;
    return count;
  }

  return {
    dateAt: (atMs) => localDate(atMs, timeZone),
    isBusinessDay,
    closureOn: (date) => closedNames.get(date) ?? null,
    addBusinessDays,
    nextBusinessDay: (date) => step(date, 1),
    businessDaysBetween,
  };
}
