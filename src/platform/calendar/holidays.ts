import { addDays, isoWeekday } from './dates.ts';

export type Holiday = {
  name: string;
  /** The day of the holiday itself. */
  onDate: string;
  /** The day on which offices are closed for it; may lie in the year before (New Year's Day on a Saturday). */
  observedOn: string;
};

/**
 * The legal public holidays of a year, in order. 5 U.S.C. 6103(a); a Saturday holiday is observed on the
 * Friday before (6103(b)), a Sunday one on the Monday after (Executive Order 11582).
 * Inauguration Day is left out: it is a holiday only around Washington.
 */
export function federalHolidays(year: number): Holiday[] {
  return namedDays(year).map(([name, onDate]) => ({ name, onDate, observedOn: observed(onDate) }));
}

function namedDays(year: number): [string, string][] {
  const days: [string, string][] = [
    ["New Year's Day", `${year}-01-01`],
    ['Birthday of Martin Luther King, Jr.', nthMonday(year, '01', 3)],
    ["Washington's Birthday", nthMonday(year, '02', 3)],
    ['Memorial Day', lastMondayOfMay(year)],
    ['Juneteenth National Independence Day', `${year}-06-19`],
    ['Independence Day', `${year}-07-04`],
    ['Labor Day', nthMonday(year, '09', 1)],
    ['Columbus Day', nthMonday(year, '10', 2)],
    ['Veterans Day', `${year}-11-11`],
    ['Thanksgiving Day', nthWeekday(`${year}-11-01`, 4, 4)],
    ['Christmas Day', `${year}-12-25`],
  ];
  // Juneteenth is a holiday since Public Law 117-17 of June 17, 2021
  return year < 2021 ? days.filter(([name]) => !name.startsWith('Juneteenth')) : days;
}

function nthMonday(year: number, month: string, nth: number): string {
  return nthWeekday(`${year}-${month}-01`, 1, nth);
}

function nthWeekday(firstOfMonth: string, weekday: number, nth: number): string {
  return addDays(firstOfMonth, ((weekday - isoWeekday(firstOfMonth) + 7) % 7) + (nth - 1) * 7);
}

function lastMondayOfMay(year: number): string {
  return addDays(`${year}-05-31`, 1 - isoWeekday(`${year}-05-31`));
}

function observed(onDate: string): string {
  const weekday = isoWeekday(onDate);
  if (weekday === 6) return addDays(onDate, -1);
  return weekday === 7 ? addDays(onDate, 1) : onDate;
}
