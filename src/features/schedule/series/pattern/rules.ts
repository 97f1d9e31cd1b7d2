import {
  addDays,
  addMonthsClamped,
  dateLabel,
  daysBetween,
  isoWeekday,
  weekdayName,
} from '../../../../platform/calendar/dates.ts';
import { minutesLabel, minutesOf } from '../../../../platform/calendar/zones.ts';
import type { SeriesPattern } from '../schema.ts';

/** The dates of a pattern, in wall-clock terms of the site: what clock changes do to instants is not its concern. */

export const mostPlaces = 104;
/** No pattern reaches further. */
const longestDays = 2 * 366;

/** Every date of the pattern, in order; at most `mostPlaces`. The first is `startsOn` or the first that fits after. */
export function patternDates(pattern: SeriesPattern): string[] {
  const most = Math.min(pattern.count ?? mostPlaces, mostPlaces);
  const last = addDays(pattern.startsOn, longestDays);
  const until = pattern.until && pattern.until < last ? pattern.until : last;
  const dates: string[] = [];
  for (const date of walk(pattern)) {
    if (date > until || dates.length >= most) break;
    dates.push(date);
  }
  return dates;
}

function* walk(pattern: SeriesPattern): Generator<string> {
  const { startsOn, every } = pattern;
  switch (pattern.unit) {
    case 'day':
      for (let at = 0; ; at += every) yield addDays(startsOn, at);
    case 'week':
      yield* walkWeeks(pattern);
      return;
    case 'month':
      for (let at = 0; ; at += every) yield monthLater(pattern, at);
  }
}

function* walkWeeks({ startsOn, every, weekdays }: SeriesPattern): Generator<string> {
  const own = isoWeekday(startsOn);
  const days = weekdays.length > 0 ? [...new Set(weekdays)].sort((a, b) => a - b) : [own];
  // "Every second week" counts calendar weeks, Monday first, from the one that holds the start.
  for (let monday = addDays(startsOn, 1 - own); ; monday = addDays(monday, 7 * every)) {
    for (const day of days) {
      const date = addDays(monday, day - 1);
      if (date >= startsOn) yield date;
    }
  }
}

/** The same day of the month (its last where it is shorter), or the same weekday of it: the second Tuesday. */
function monthLater({ startsOn, monthly }: SeriesPattern, months: number): string {
  if (monthly !== 'weekday') return addMonthsClamped(startsOn, months);
  const first = `${addMonthsClamped(`${startsOn.slice(0, 7)}-01`, months).slice(0, 7)}-01`;
  const nth = Math.floor((Number(startsOn.slice(8)) - 1) / 7);
  const offset = (isoWeekday(startsOn) - isoWeekday(first) + 7) % 7;
  const date = addDays(first, offset + nth * 7);
  // The fifth Tuesday of a month that has four is its last
  return date.slice(0, 7) === first.slice(0, 7) ? date : addDays(date, -7);
}

const units = { day: 'day', week: 'week', month: 'month' } as const;
const ordinals = ['first', 'second', 'third', 'fourth', 'last'];

/** 'Tue and Thu every week, 9:00 am, 12 times from Tue, Mar 3, 2026' */
export function patternLabel(pattern: SeriesPattern): string {
  const { every, unit, weekdays, startsOn, time, count, until } = pattern;
  const each = every === 1 ? `every ${units[unit]}` : `every ${every} ${units[unit]}s`;
  const names = [...new Set(weekdays)].sort((a, b) => a - b).map((day) => weekdayName(day).slice(0, 3));
  const end = until ? `until ${dateLabel(until)}` : `${count ?? mostPlaces} times`;
  const how = [unit === 'week' && names.length > 0 ? names.join(' and ') : '', each, monthlyLabel(pattern)];
  return `${how.filter(Boolean).join(' ')}, ${minutesLabel(minutesOf(time))}, ${end} from ${dateLabel(startsOn)}`;
}

function monthlyLabel({ unit, monthly, startsOn }: SeriesPattern): string {
  if (unit !== 'month') return '';
  if (monthly !== 'weekday') return `on day ${Number(startsOn.slice(8))}`;
  const nth = Math.floor((Number(startsOn.slice(8)) - 1) / 7);
  return `on the ${ordinals[nth] ?? 'last'} ${weekdayName(isoWeekday(startsOn))}`;
}

/** How far the last date lies from the first, in days. */
export function patternSpan(dates: readonly string[]): number {
  const [first] = dates;
  const last = dates.at(-1);
  return first && last ? daysBetween(first, last) : 0;
}
