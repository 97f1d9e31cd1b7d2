import {
  addDays,
  dateLabel,
  daysBetween,
  isoWeekday,
  weekdayName,
} from '../../../platform/calendar/dates.ts';
import { minutesLabel, minutesOf } from '../../../platform/calendar/zones.ts';
import { type HoursInput, listHours } from '../hours/rules.ts';
import type { HoursRow, NewException, OutsideVisit, TypedWeekRow } from './schema.ts';

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

/** A booked visit with what it occupies. */
export type PlacedVisit = {
  visitId: string;
  siteId: string;
  physicianId: string;
  startsAt: string;
  endsAt: string;
  resourceIds: string[];
};

type Used = HoursInput['resources'][number] & { active: boolean };

/** Which visits no longer lie within the hours of all that they occupy, and why. */
export function findOutside(
  visits: readonly PlacedVisit[],
  input: Omit<HoursInput, 'resources'> & { resources: Used[] },
  dateAt: (visit: PlacedVisit) => string,
): OutsideVisit[] {
  const used = new Set(visits.flatMap((visit) => visit.resourceIds));
  const resources = input.resources.filter((one) => used.has(one.resourceId));
  const { available, absences } = listHours({ ...input, resources });
  // Node 20 has no Map.groupBy.
  const open = new Map<string, typeof available>(resources.map((one) => [one.resourceId, []]));
  for (const piece of available) open.get(piece.resourceId)?.push(piece);
  const why = new Map(absences.map((one) => [`${one.resourceId} ${one.onDate}`, one.text]));
  const byId = new Map(resources.map((one) => [one.resourceId, one]));

  const becauseOf = (visit: PlacedVisit, resourceId: string): string | null => {
    const resource = byId.get(resourceId);
    if (!resource) return null;
    if (!resource.active) return `${resource.name} is out of use`;
    const [startMs, endMs] = [Date.parse(visit.startsAt), Date.parse(visit.endsAt)];
    const fits = open
      .get(resourceId)
      ?.some((one) => one.siteId === visit.siteId && one.startMs <= startMs && endMs <= one.endMs);
    if (fits) return null;
    return why.get(`${resourceId} ${dateAt(visit)}`) ?? `${resource.name} is not there at that time`;
  };
  return visits.flatMap((visit) => {
    const because = visit.resourceIds.map((id) => becauseOf(visit, id)).find((text) => text !== null);
    const { visitId, startsAt, siteId, physicianId } = visit;
    return because ? [{ visitId, startsAt, siteId, physicianId, because }] : [];
  });
}
