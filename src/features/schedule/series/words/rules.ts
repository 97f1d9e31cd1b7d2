import { addDays, isoWeekday } from '../../../../platform/calendar/dates.ts';
import { readDay } from '../../line/when/rules.ts';
import type { SeriesPattern } from '../schema.ts';

/** How often, as an office says it: `weekly x6`, `tue thu for 6 weeks`, `every 3 weeks x4`, `monthly until 12/1`. */
export type Repeat = Omit<SeriesPattern, 'startsOn' | 'time'>;

/** What was read so far; an end that was not said is six visits. */
type Reading = {
  unit?: Repeat['unit'];
  every?: number;
  weekdays: number[];
  count?: number;
  until?: string;
  /** `for 6 weeks`: counted from the start, once that is known. */
  forDays?: number;
};

const words: Record<string, { unit: Repeat['unit']; every: number }> = {
  daily: { unit: 'day', every: 1 },
  weekly: { unit: 'week', every: 1 },
  biweekly: { unit: 'week', every: 2 },
  fortnightly: { unit: 'week', every: 2 },
  monthly: { unit: 'month', every: 1 },
  quarterly: { unit: 'month', every: 3 },
  yearly: { unit: 'month', every: 12 },
};
const fillers = new Set(['and', 'on', 'each', '&', '+']);
const usualCount = 6;

const unitOf = (word: string): Repeat['unit'] | null => {
  const read = /^(d|days?|w|wks?|weeks?|m|mos?|months?)$/.exec(word);
  if (!read) return null;
  return word.startsWith('d') ? 'day' : word.startsWith('w') ? 'week' : 'month';
};

/** A reader takes words from a place and says how many; 0 when they mean something else. */
type Reader = (reading: Reading, typed: readonly string[], at: number, today: string) => number;

const readWord: Reader = (reading, typed, at) => {
  const known = words[typed[at] ?? ''];
  if (!known || reading.unit) return 0;
  Object.assign(reading, known);
  return 1;
};

/** `every week`, `every 2 weeks`, `every other week`, `2w`. */
const readEvery: Reader = (reading, typed, at) => {
  const joined = /^(\d{1,2})(d|w|wk|m|mo)$/.exec(typed[at] ?? '');
  if (joined) return setEvery(reading, Number(joined[1]), unitOf(joined[2] ?? ''), 1);
  if (typed[at] !== 'every') return 0;
  const next = typed[at + 1] ?? '';
  if (next === 'other') return setEvery(reading, 2, unitOf(typed[at + 2] ?? ''), 3);
  if (/^\d{1,2}$/.test(next)) return setEvery(reading, Number(next), unitOf(typed[at + 2] ?? ''), 3);
  const plain = setEvery(reading, 1, unitOf(next), 2);
  // `every tue`: the weekday follows
  return plain || (readDay(typed, at + 1, '2026-01-01')?.kind === 'weekday' ? 1 : 0);
};

function setEvery(reading: Reading, every: number, unit: Repeat['unit'] | null, taken: number): number {
  if (!unit || every < 1 || every > 52) return 0;
  reading.unit = unit;
  reading.every = every;
  return taken;
}

/** `x6`, `6x`, `6 times`. */
const readCount: Reader = (reading, typed, at) => {
  const read = /^(?:[x×*](\d{1,3})|(\d{1,3})[x×*])$/.exec(typed[at] ?? '');
  if (read) {
    reading.count = Number(read[1] ?? read[2]);
    return 1;
  }
  if (!/^\d{1,3}$/.test(typed[at] ?? '') || !/^(times|visits)$/.test(typed[at + 1] ?? '')) return 0;
  reading.count = Number(typed[at]);
  return 2;
};

/** `for 6 weeks`, `until 5/1`. */
const readEnd: Reader = (reading, typed, at, today) => {
  if (typed[at] === 'for') {
    const count = Number(typed[at + 1]);
    const unit = unitOf(typed[at + 2] ?? '');
    if (!Number.isInteger(count) || count < 1 || !unit) return 0;
    reading.forDays = count * { day: 1, week: 7, month: 30 }[unit];
    return 3;
  }
  if (typed[at] !== 'until' && typed[at] !== 'till') return 0;
  const day = readDay(typed, at + 1, today);
  if (!day || day.kind === 'weekday') return 0;
  reading.until = day.kind === 'around' ? day.date : day.to;
  return day.words + 1;
};

const readWeekdays: Reader = (reading, typed, at) => {
  if (typed[at] === 'weekdays' || typed[at] === 'workdays') {
    reading.weekdays.push(1, 2, 3, 4, 5);
    return 1;
  }
  const day = readDay(typed, at, '2026-01-01');
  if (day?.kind !== 'weekday') return 0;
  reading.weekdays.push(day.weekday);
  return 1;
};

const readers: readonly Reader[] = [readWord, readEvery, readCount, readEnd, readWeekdays];

/**
 * What the words say, or null when one of them says nothing.
 * @param start the first day: `for 6 weeks` counts from it
 */
export function readRepeat(text: string, start: string): Repeat | null {
  const typed = text
    .toLowerCase()
    .split(/[\s,/]+(?!\d)|\s+/)
    .filter((word) => word !== '' && !fillers.has(word));
  const reading: Reading = { weekdays: [] };
  for (let at = 0; at < typed.length; ) {
    const taken = readers.map((read) => read(reading, typed, at, start)).find((one) => one > 0);
    if (!taken) return null;
    at += taken;
  }
  return typed.length === 0 ? null : settle(reading, start);
}

function settle(reading: Reading, start: string): Repeat | null {
  const { weekdays, count, forDays, until, every = 1 } = reading;
  const unit = reading.unit ?? 'week';
  const end = until ?? (forDays === undefined ? undefined : addDays(start, forDays - 1));
  if (count !== undefined && (count < 2 || count > 104)) return null;
  if (end !== undefined && end <= start) return null;
  const weekly = unit === 'week' ? [...new Set(weekdays)].sort((a, b) => a - b) : [];
  return {
    ...{ every, unit, weekdays: weekly },
    // `monthly tue`: the same weekday of the month
    monthly: unit === 'month' && weekdays.length > 0 ? 'weekday' : 'date',
    ...(end !== undefined && count === undefined ? { until: end } : { count: count ?? usualCount }),
  };
}

/**
 * How many words of a line speak of a series from a place on: `weekly`, `x6`, `every 2 weeks`, and after such a word
 * `for 6 weeks`. Weekdays and spans alone (`tue`, `2w`) mean one visit there.
 */
export function takeRepeat(typed: readonly string[], at: number, begun: boolean): number {
  const word = typed[at] ?? '';
  const reading: Reading = { weekdays: [] };
  if (word === 'weekdays') return 1;
  const own = [readWord, readCount, ...(word === 'every' ? [readEvery] : []), ...(begun ? [readEnd] : [])];
  return own.map((read) => read(reading, typed, at, '2026-01-01')).find((one) => one > 0) ?? 0;
}

/** Whether a line means a series, wherever it says so. */
export function speaksOfSeries(typed: readonly string[]): boolean {
  return typed.some((_, at) => takeRepeat(typed, at, false) > 0);
}

/** The first day of a weekly pattern from a day on: `tue thu` asked on a Wednesday begins on Thursday. */
export function firstOn(start: string, weekdays: readonly number[]): string {
  if (weekdays.length === 0) return start;
  for (let after = 0; after < 7; after++) {
    const date = addDays(start, after);
    if (weekdays.includes(isoWeekday(date))) return date;
  }
  return start;
}
