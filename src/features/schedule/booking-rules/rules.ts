import { dateLabel, dateOfDay, isoWeekday } from '../../../platform/calendar/dates.ts';
import { type Intervals, union } from '../../../platform/calendar/intervals.ts';
import { instantAt, minutesLabel, minutesOf } from '../../../platform/calendar/zones.ts';

/** The practice's own rules of booking: what is not booked when, and how many at most. Pure; instants are epoch ms. */

export type BookingRule = {
  ruleId: string;
  /** As the office says it: "No physicals on Friday afternoons". */
  words: string;
  /** `warn`: whoever books may go on with a reason; `refuse`: only who may overrule rules. */
  effect: 'refuse' | 'warn';
  /** None: every type, every day, every physician. */
  visitTypeIds: string[];
  weekdays: number[];
  physicianIds: string[];
  /** When the visit starts, in the wall time of its site: from included, to not; null: the whole day. */
  startsLocal: string | null;
  endsLocal: string | null;
  /** First and last day, included. */
  fromDate: string | null;
  toDate: string | null;
  /** New: not seen here within three years. */
  patients: 'any' | 'new' | 'established';
  /** Not forbidden but limited: so many such visits per physician and day or half day. */
  limitCount: number | null;
  limitPer: 'day' | 'half-day' | null;
  active: boolean;
};

/** A visit that stands and counts towards limits. */
export type CountedVisit = { physicianId: string; visitTypeId: string; startMs: number; isNew: boolean };

/** The rules that speak of one visit, with what counts towards their limits. */
export type Ruling = {
  rules: readonly BookingRule[];
  counted: readonly CountedVisit[];
  /** Those that speak as soon as it is known who comes: of new patients only, or of all others. */
  unsaid?: readonly BookingRule[];
};

/** Who was seen within so many years is no new patient (as the billing codes of office visits have it). */
export const newAfterYears = 3;

const lists = <T>(list: readonly T[], one: T) => list.length === 0 || list.includes(one);

/** Rules in use that may speak of visits of a type, whoever comes. */
export function rulesOfType(rules: readonly BookingRule[], visitTypeId: string): BookingRule[] {
  return rules.filter((rule) => rule.active && lists(rule.visitTypeIds, visitTypeId));
}

/** @param isNew null: it is not known who comes; then only rules for everyone speak */
export function rulesOfPatient(rules: readonly BookingRule[], isNew: boolean | null): BookingRule[] {
  return rules.filter(({ patients }) => patients === 'any' || isNew === (patients === 'new'));
}

export type RuledDay = { physicianId: string; day: number; timeZone: string };

/** The starts that a rule closes with a physician on one day (a day number), as closed intervals. */
export function ruledStarts(
  rule: BookingRule,
  { physicianId, day, timeZone }: RuledDay,
  counted: readonly CountedVisit[],
): Intervals {
  const date = dateOfDay(day);
  const isItsDay =
    lists(rule.weekdays, isoWeekday(date)) &&
    (rule.fromDate === null || rule.fromDate <= date) &&
    (rule.toDate === null || date <= rule.toDate);
  if (!isItsDay || !lists(rule.physicianIds, physicianId)) return [];
  const at = (minutes: number) => instantAt(day, minutes, timeZone);
  const from = rule.startsLocal === null ? 0 : minutesOf(rule.startsLocal);
  const to = rule.endsLocal === null ? 1440 : minutesOf(rule.endsLocal);
  const closed: number[] = [];
  for (const [start, end] of partsOf(rule, from, to)) {
    const window = [at(start), at(end) - 1] as const;
    if (window[0] > window[1] || !isFull(rule, physicianId, window, counted)) continue;
    closed.push(...window);
  }
  return closed;
}

const noon = 720;

/** The whole window, or what of it lies before and after noon where each half is counted for itself. */
function partsOf({ limitPer }: BookingRule, from: number, to: number): [number, number][] {
  if (limitPer !== 'half-day' || from >= noon || to <= noon) return [[from, to]];
  return [
    [from, noon],
    [noon, to],
  ];
}

function isFull(
  rule: BookingRule,
  physicianId: string,
  [from, to]: readonly [number, number],
  counted: readonly CountedVisit[],
): boolean {
  if (rule.limitCount === null) return true;
  const such = counted.filter(
    (one) =>
      one.physicianId === physicianId &&
      from <= one.startMs &&
      one.startMs <= to &&
      lists(rule.visitTypeIds, one.visitTypeId) &&
      (rule.patients === 'any' || one.isNew === (rule.patients === 'new')),
  );
  return such.length >= rule.limitCount;
}

/** The rules that a start breaks. */
export function brokenRules({ rules, counted }: Ruling, startMs: number, on: RuledDay): BookingRule[] {
  return rules.filter((rule) => isWithin(ruledStarts(rule, on, counted), startMs));
}

function isWithin(closed: Intervals, atMs: number): boolean {
  for (let i = 0; i < closed.length; i += 2) {
    if ((closed[i] ?? 0) <= atMs && atMs <= (closed[i + 1] ?? 0)) return true;
  }
  return false;
}

/** What is left of starts (closed intervals of whole ms) once no rule closes them to whoever may come. */
export function withoutRuled(starts: Intervals, ruling: Ruling, on: RuledDay): Intervals {
  const { rules, counted, unsaid = [] } = ruling;
  const less = (from: Intervals, by: readonly BookingRule[]) =>
    by.reduce((left, rule) => outside(left, ruledStarts(rule, on, counted)), from);
  const left = less(starts, rules);
  if (unsaid.length === 0) return left;
  const openTo = (patients: BookingRule['patients']) =>
    less(
      left,
      unsaid.filter((rule) => rule.patients === patients),
    );
  return union(openTo('new'), openTo('established'));
}

/** For whom a start is, where that is not known yet: "new patients only", "rather not for new patients". */
export function forWhom({ unsaid = [], counted }: Ruling, startMs: number, on: RuledDay): string[] {
  const broken = brokenRules({ rules: unsaid, counted }, startMs, on);
  return (['new', 'established'] as const).flatMap((patients) => {
    const such = broken.filter((rule) => rule.patients === patients);
    if (such.length === 0) return [];
    const words = patients === 'new' ? 'not for new patients' : 'new patients only';
    return [such.some((rule) => rule.effect === 'refuse') ? words : `rather ${words}`];
  });
}

function outside(starts: Intervals, closed: Intervals): Intervals {
  let left = starts;
  for (let i = 0; i < closed.length; i += 2) {
    const [from = 0, to = 0] = [closed[i], closed[i + 1]];
    const next: number[] = [];
    for (let j = 0; j < left.length; j += 2) {
      const [start = 0, end = 0] = [left[j], left[j + 1]];
      if (start < from) next.push(start, Math.min(end, from - 1));
      if (end > to) next.push(Math.max(start, to + 1), end);
    }
    left = next;
  }
  return left;
}

/** The office's words, with what the limit is. */
export function ruleText(rule: Pick<BookingRule, 'words' | 'limitCount' | 'limitPer'>): string {
  const words = rule.words.replace(/[.!]?\s*$/, '');
  if (rule.limitCount === null) return `${words}.`;
  const per = rule.limitPer === 'half-day' ? 'half day' : 'day';
  return `${words} (${rule.limitCount} per ${per} and physician are booked).`;
}

/** When a rule speaks: "Fri, 12:00 pm to 5:00 pm, from Mar 4". */
export function whenText(
  rule: Pick<BookingRule, 'startsLocal' | 'endsLocal' | 'fromDate' | 'toDate'>,
): string {
  const { startsLocal, endsLocal, fromDate, toDate } = rule;
  const clock = (time: string) => (time === '24:00' ? 'midnight' : minutesLabel(minutesOf(time)));
  const time = startsLocal && endsLocal ? `${clock(startsLocal)} to ${clock(endsLocal)}` : '';
  const since = fromDate ? `from ${dateLabel(fromDate)}` : '';
  const until = toDate ? `until ${dateLabel(toDate)}` : '';
  return [time, since, until].filter(Boolean).join(', ');
}
