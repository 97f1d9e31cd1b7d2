import {
  addDays,
  addMonthsClamped,
  isDate,
  isoWeekday,
  makeDate,
} from '../../../../platform/calendar/dates.ts';
import { timeOf } from '../../../../platform/calendar/zones.ts';

/** Reading days and times as an American office types them. Each reader says how many words it took. */

export type DayRead =
  /** About this date: 3m, 2w. */
  | { kind: 'around'; date: string; words: number }
  /** From one date to another, often the same: tomorrow, dec 4, next week. */
  | { kind: 'dates'; from: string; to: string; words: number }
  /** tue: the coming one, or, beside another date, a wish for that weekday. */
  | { kind: 'weekday'; weekday: number; words: number };

export type TimeRange = { from: string; to: string };
export type TimeRead = { part: 'am' | 'pm' | TimeRange; at: string | null; words: number };

const weekdays: Record<string, number> = {};
const fullNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
for (const [index, name] of fullNames.entries()) {
  for (const word of [name, `${name}s`, name.slice(0, 3)]) weekdays[word] = index + 1;
}
Object.assign(weekdays, { tues: 2, weds: 3, thur: 4, thurs: 4 });

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const longMonths =
  /^(january|february|march|april|june|july|august|september|sept|october|november|december|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)$/;

/** The day that begins at a word; words are lower case. */
export function readDay(words: readonly string[], at: number, today: string): DayRead | null {
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  const weekday = weekdays[word];
  if (weekday !== undefined) return { kind: 'weekday', weekday, words: 1 };
  return (
    readNear(word, next, today) ??
    readSpan(word, next, today) ??
    readMonthDay(words, at, today) ??
    readDigits(word, today)
  );
}

function oneDay(date: string, words: number): DayRead {
  return { kind: 'dates', from: date, to: date, words };
}

function readNear(word: string, next: string, today: string): DayRead | null {
  if (word === 'today') return oneDay(today, 1);
  if (['tomorrow', 'tom', 'tmrw', 'tmw'].includes(word)) return oneDay(addDays(today, 1), 1);
  const monday = addDays(today, 1 - isoWeekday(today));
  if (word === 'this' && next === 'week')
    return { kind: 'dates', from: today, to: addDays(monday, 6), words: 2 };
  if (word !== 'next') return null;
  const weekday = weekdays[next];
  // "Next Tuesday" is the one of next week, as most people mean it; the answer shows the date
  if (weekday !== undefined) return oneDay(addDays(monday, 6 + weekday), 2);
  if (next === 'week') return { kind: 'dates', from: addDays(monday, 7), to: addDays(monday, 13), words: 2 };
  if (next !== 'month') return null;
  const first = `${addMonthsClamped(today, 1).slice(0, 7)}-01`;
  return { kind: 'dates', from: first, to: addDays(addMonthsClamped(first, 1), -1), words: 2 };
}

/** 3m, 6mo, 2w, 10d, 1y, and the same in two words. */
function readSpan(word: string, next: string, today: string): DayRead | null {
  const joined = /^(\d{1,3})(d|w|m|mo|mos|y|yr)$/.exec(word);
  const count = joined?.[1] ?? (/^\d{1,3}$/.test(word) ? word : null);
  const unit =
    joined?.[2] ?? (count && /^(days?|weeks?|wks?|months?|mos?|years?|yrs?)$/.test(next) ? next : null);
  if (!count || !unit) return null;
  return { kind: 'around', date: spanFrom(today, Number(count), unit[0] ?? ''), words: joined ? 1 : 2 };
}

function spanFrom(today: string, count: number, unit: string): string {
  if (unit === 'd') return addDays(today, count);
  if (unit === 'w') return addDays(today, count * 7);
  return addMonthsClamped(today, unit === 'y' ? count * 12 : count);
}

/** dec 4, december 4th, dec 4 2026. */
function readMonthDay(words: readonly string[], at: number, today: string): DayRead | null {
  if (!longMonths.test(words[at] ?? '')) return null;
  const month = months.indexOf((words[at] ?? '').slice(0, 3)) + 1;
  const day = /^(\d{1,2})(st|nd|rd|th)?$/.exec(words[at + 1] ?? '')?.[1];
  if (!day) return null;
  const year = /^20\d\d$/.test(words[at + 2] ?? '') ? Number(words[at + 2]) : null;
  const date = year ? makeDate(year, month, Number(day)) : comingDate(month, Number(day), today);
  return date ? oneDay(date, year ? 3 : 2) : null;
}

/** 12/4, 12/4/2026, 2026-12-04; a past date is no day to book. */
function readDigits(word: string, today: string): DayRead | null {
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2}|\d{4}))?$/.exec(word);
  if (!slashed) return isDate(word) && word >= today ? oneDay(word, 1) : null;
  const [, month, day, year] = slashed;
  if (!year) {
    const date = comingDate(Number(month), Number(day), today);
    return date ? oneDay(date, 1) : null;
  }
  const date = makeDate(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day));
  const isNear = date !== null && date >= today && date <= addMonthsClamped(today, 120);
  return isNear ? oneDay(date, 1) : null;
}

function comingDate(month: number, day: number, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const date = makeDate(year, month, day);
  if (date && date >= today) return date;
  return makeDate(year + 1, month, day);
}

/** Whether a word can only be (a scrap of) a birth date: 3/61, 3/14/1961, 3/14/61, 1961-03-14, 1961. */
export function isBirthScrap(word: string, today: string): boolean {
  if (/^(19\d\d|20\d\d)$/.test(word)) return Number(word) <= Number(today.slice(0, 4));
  if (/^\d{1,2}\/\d{4}$/.test(word)) return Number(word.slice(-4)) <= Number(today.slice(0, 4));
  if (!/^\d{1,2}\/\d{1,2}(\/(\d{2}|\d{4}))?$/.test(word)) return isDate(word) && word < today;
  return readDigits(word, today) === null;
}

const parts: Record<string, TimeRead['part']> = {
  am: 'am',
  morning: 'am',
  mornings: 'am',
  pm: 'pm',
  afternoon: 'pm',
  afternoons: 'pm',
  evening: { from: '17:00', to: '24:00' },
  noon: { from: '12:00', to: '13:00' },
};

/** The time of day that begins at a word: am, 3pm, 3 pm, 930, 10:30, after 2, before 11. */
export function readTime(words: readonly string[], at: number): TimeRead | null {
  const word = words[at] ?? '';
  const part = Object.hasOwn(parts, word) ? parts[word] : undefined;
  if (part) return { part, at: word === 'noon' ? '12:00' : null, words: 1 };
  if (word === 'after' || word === 'before' || word === 'at') {
    const clock = readClock(words, at + 1, true);
    if (!clock) return null;
    if (word === 'at') return clockTime(clock.minutes, clock.words + 1);
    const time = timeOf(clock.minutes);
    const range = word === 'after' ? { from: time, to: '24:00' } : { from: '00:00', to: time };
    return { part: range, at: null, words: clock.words + 1 };
  }
  const clock = readClock(words, at, false);
  return clock && clockTime(clock.minutes, clock.words);
}

/** A lone hour, where it can mean nothing else: 9 is 9:00 am. */
export function readBareHour(words: readonly string[], at: number): TimeRead | null {
  const clock = /^\d{1,2}$/.test(words[at] ?? '') ? readClock(words, at, true) : null;
  return clock && clockTime(clock.minutes, 1);
}

/** A time asked for is the hour that begins with it; the exact time comes first among its openings. */
function clockTime(minutes: number, words: number): TimeRead {
  return {
    part: { from: timeOf(minutes), to: timeOf(Math.min(minutes + 60, 1440)) },
    at: timeOf(minutes),
    words,
  };
}

/** `bare`: a lone hour counts too, as after "after". */
function readClock(
  words: readonly string[],
  at: number,
  bare: boolean,
): { minutes: number; words: number } | null {
  const match = /^(\d{1,2}):?(\d\d)?(am?|pm?)?$/.exec(words[at] ?? '');
  if (!match) return null;
  const next = words[at + 1] ?? '';
  const nextHalf = !match[3] && (next === 'am' || next === 'pm') ? next : undefined;
  const half = match[3] ?? nextHalf;
  if (!half && !match[2] && !bare) return null;
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (hour > 23 || minute > 59 || (half && (hour < 1 || hour > 12))) return null;
  return { minutes: officeHour(hour, half) * 60 + minute, words: nextHalf ? 2 : 1 };
}

/** Without am or pm, 1 to 6 are in the afternoon: no office books at 2 in the morning. */
function officeHour(hour: number, half: string | undefined): number {
  if (half) return (hour % 12) + (half.startsWith('p') ? 12 : 0);
  return hour >= 1 && hour <= 6 ? hour + 12 : hour;
}
