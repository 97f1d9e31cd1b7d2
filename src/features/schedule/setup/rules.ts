import {
  addDays,
  dateLabel,
  daysBetween,
  isoWeekday,
  weekdayName,
} from '../../../platform/calendar/dates.ts';
import { minutesLabel, minutesOf } from '../../../platform/calendar/zones.ts';
import type { HoursRow, NewException, TypedWeekRow } from './schema.ts';

/** Named, told apart in both schemes, and each dark enough to carry a stripe beside text. */
export const visitTypeColors = [
  { value: '#0e6b68', label: 'Teal' },
  { value: '#2b66a3', label: 'Blue' },
  { value: '#2b7549', label: 'Green' },
  { value: '#8a570a', label: 'Amber' },
  { value: '#ad2f25', label: 'Red' },
  { value: '#7a4a9e', label: 'Purple' },
  { value: '#a8466e', label: 'Rose' },
  { value: '#5b6b2c', label: 'Olive' },
  { value: '#4a5a8f', label: 'Indigo' },
  { value: '#636b68', label: 'Gray' },
] as const;

const clock = (time: string) => minutesLabel(minutesOf(time));

/** What is wrong with a week, by the index of the row; an empty record when it can stand. */
export function weekFaults(rows: readonly TypedWeekRow[]): Record<number, string> {
  const faults: Record<number, string> = {};
  rows.forEach((row, index) => {
    if (row.endsLocal <= row.startsLocal) {
      faults[index] = `${clock(row.endsLocal)} is not after ${clock(row.startsLocal)}.`;
      return;
    }
    const alternate = alternateFault(row);
    if (alternate) faults[index] = alternate;
    const other = rows.find((one, at) => at < index && one.weekday === row.weekday && overlap(one, row));
    if (!other) return;
    const span = `${clock(other.startsLocal)} to ${clock(other.endsLocal)}`;
    faults[index] = `This overlaps ${span} on ${weekdayName(row.weekday)}. Nobody is in two places at once.`;
  });
  return faults;
}

function alternateFault({ everyWeeks = 1, weekOf = null }: TypedWeekRow): string | null {
  if (everyWeeks === 1) return weekOf === null ? null : 'Hours of every week have no first week.';
  return weekOf !== null && isoWeekday(weekOf) === 1
    ? null
    : 'Say from which Monday the alternate weeks count.';
}

function overlap(a: TypedWeekRow, b: TypedWeekRow): boolean {
  return a.startsLocal < b.endsLocal && b.startsLocal < a.endsLocal && meet(a, b);
}

/** Whether two rows ever hold in the same week: where their distance is a multiple of what both cycles share. */
function meet(a: TypedWeekRow, b: TypedWeekRow): boolean {
  if (!a.weekOf || !b.weekOf) return true;
  const weeks = Math.abs(daysBetween(a.weekOf, b.weekOf)) / 7;
  return weeks % greatestCommon(a.everyWeeks ?? 1, b.everyWeeks ?? 1) === 0;
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}

type Standing = Pick<HoursRow, 'hoursId' | 'effectiveFrom' | 'effectiveTo'>;

/**
 * What a new week does to the rows that stand, from a day on: those that began before it end the day before; those
 * that would begin on or after it are taken back. A room or device whose week is emptied loses its rows altogether,
 * since only a resource without any is there all the time.
 */
export function weekPlan(
  standing: readonly Standing[],
  from: string,
  options: { forget: boolean },
): { end: string[]; remove: string[]; lastDay: string } {
  const lastDay = addDays(from, -1);
  const ids = (rows: readonly Standing[]) => rows.map((row) => row.hoursId);
  if (options.forget) return { end: [], remove: ids(standing), lastDay };
  return {
    end: ids(
      standing.filter(
        (row) => row.effectiveFrom < from && (row.effectiveTo === null || row.effectiveTo >= from),
      ),
    ),
    remove: ids(standing.filter((row) => row.effectiveFrom >= from)),
    lastDay,
  };
}

/** The longest stretch of days that one exception may cover. */
export const longestExceptionDays = 92;

/** What is wrong with a one-off opening or closing, by field. */
export function exceptionFaults(input: NewException, today: string): Record<string, string> {
  const { kind, from, to = from, startsLocal = null, endsLocal = null, siteId = null } = input;
  const faults: Record<string, string> = {};
  if (from < today) faults.from = 'This day is past. Choose today or a day to come.';
  if (to < from) faults.to = `Choose ${dateLabel(from)} or a later day.`;
  else if (to > addDays(from, longestExceptionDays - 1)) {
    faults.to = `At most ${longestExceptionDays} days at once. Change the weekly hours for longer.`;
  }
  if ((startsLocal === null) !== (endsLocal === null)) faults.endsLocal = 'Give both times, or neither.';
  if (startsLocal !== null && endsLocal !== null && endsLocal <= startsLocal) {
    faults.endsLocal = `Choose a time after ${clock(startsLocal)}.`;
  }
  if (kind === 'opening' && startsLocal === null) faults.startsLocal = 'An opening needs its times.';
  if (kind === 'opening' && siteId === null) faults.siteId = 'An opening needs its site.';
  return faults;
}
