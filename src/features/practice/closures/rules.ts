import type { Holiday } from '../../../platform/calendar/holidays.ts';
import type { ClosureRow, HolidayRow } from './schema.ts';

/** The holidays that fall into the year as offices observe them, and which of them are taken. */
export function proposeHolidays(
  year: number,
  holidays: readonly Holiday[],
  closures: readonly ClosureRow[],
): HolidayRow[] {
  return holidays
    .filter((holiday) => holiday.observedOn.startsWith(`${year}-`))
    .sort((a, b) => a.observedOn.localeCompare(b.observedOn))
    .map((holiday) => ({
      ...holiday,
      closureId:
        closures.find((closure) => closure.siteId === null && closure.onDate === holiday.observedOn)
          ?.closureId ?? null,
    }));
}
