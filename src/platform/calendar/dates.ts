/**
 * Arithmetic on dates, which are ISO strings 'YYYY-MM-DD' and compare as text. Instants live in zones.ts.
 */

const msPerDay = 86_400_000;

/** Days since 1970-01-01. @throws RangeError on what is not a date of the calendar */
export function dayNumber(date: string): number {
  const ms = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
  if (Number.isNaN(ms) || date.length !== 10) throw new RangeError(`Not a date: ${date}`);
  return ms / msPerDay;
}

/** The date that is so many days after 1970-01-01. */
export function dateOfDay(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** Whether the text is a date that exists: '2026-02-29' is none. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && dateOfDay(dayNumber(text)) === text;
}

/** 'YYYY-MM-DD' of a year, month (1 to 12) and day, or null where there is no such day. */
export function makeDate(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return month >= 1 && month <= 12 && isDate(text) ? text : null;
}

export function addDays(date: string, days: number): string {
  return dateOfDay(dayNumber(date) + days);
}

/** Days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every date from `from` to `to`, both included. */
export function listDates(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let day = dayNumber(from); day <= dayNumber(to); day++) dates.push(dateOfDay(day));
  return dates;
}

/** 1 Monday to 7 Sunday (ISO 8601). */
export function isoWeekday(date: string): number {
  // 1970-01-01 was a Thursday
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** 'Tuesday' of 2. */
export function weekdayName(weekday: number): string {
  return weekdayNames[weekday - 1] ?? '';
}

/** The same day of the month, months later; the last day where the month is shorter (Jan 31 + 1 = Feb 28). */
export function addMonthsClamped(date: string, months: number): string {
  const year = Number(date.slice(0, 4));
  const monthIndex = Number(date.slice(5, 7)) - 1 + months;
  const lastDay = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), lastDay);
  return dateOfDay(Date.UTC(year, monthIndex, day) / msPerDay);
}

/** Full years lived on a date; who is born on February 29 has the birthday on March 1 of a common year. */
export function ageOn(bornOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return date.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 'Tue, Feb 24' and, where it is not the year given, 'Tue, Feb 24, 2027'. */
export function dateLabel(date: string, year?: number): string {
  const weekday = weekdayName(isoWeekday(date)).slice(0, 3);
  const label = `${weekday}, ${monthNames[Number(date.slice(5, 7)) - 1] ?? ''} ${Number(date.slice(8, 10))}`;
  return year === Number(date.slice(0, 4)) ? label : `${label}, ${date.slice(0, 4)}`;
}
