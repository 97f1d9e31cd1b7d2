import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { type Intervals, mergePairs, subtract } from '../../../platform/calendar/intervals.ts';
import type { Hours, WeeklyHours } from '../hours/rules.ts';
import type { SlotCode } from '../slot-codes/rules.ts';
import type { Effect, TemplateRow } from './schema.ts';

/** What applying a template does to weekly hours, and what that changes. Pure. */

const minuteMs = 60_000;

/** Weekly hours as they stand. */
export type StandingHours = WeeklyHours & { hoursId: string };

export type Range = { from: string; to: string | null };

/** A row that goes on as it was once the range is over. */
export type Continued = { of: StandingHours; from: string };
export type ApplicationPlan = {
  end: StandingHours[];
  remove: StandingHours[];
  go: Continued[];
  lastDay: string;
};

/**
 * What stands in the range gives way to the template: rows that began before it end the day before, those that begin
 * in it are taken back, and what would have gone on after its last day goes on from the day after.
 */
export function applicationPlan(standing: readonly StandingHours[], { from, to }: Range): ApplicationPlan {
  const met = standing.filter((row) => isIn(row, { from, to }));
  const goesOn = (row: StandingHours) => to !== null && (row.effectiveTo === null || row.effectiveTo > to);
  return {
    end: met.filter((row) => row.effectiveFrom < from),
    remove: met.filter((row) => row.effectiveFrom >= from),
    go: to === null ? [] : met.filter(goesOn).map((of) => ({ of, from: addDays(to, 1) })),
    lastDay: addDays(from, -1),
  };
}

/** The Monday of the week of a day. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - isoWeekday(date));
}

type Template = { weeks: number; rows: readonly TemplateRow[] };
export type NewHours = Required<WeeklyHours>;

/** The weekly hours of one resource that a template makes. @param weekOf the Monday of a week A */
export function hoursOf(
  { weeks, rows }: Template,
  resourceId: string,
  { from, to, weekOf }: Range & { weekOf: string },
): NewHours[] {
  return rows.map(({ week, siteId, weekday, startsLocal, endsLocal, slotCodeId }) => ({
    ...{ resourceId, siteId, weekday, startsLocal, endsLocal, slotCodeId },
    ...{ effectiveFrom: from, effectiveTo: to, everyWeeks: weeks },
    weekOf: weeks === 1 ? null : addDays(weekOf, 7 * (week - 1)),
  }));
}

/** Rows as they would be read once the plan is carried out. */
export function hoursAfter(
  standing: readonly StandingHours[],
  plan: ApplicationPlan,
  made: readonly NewHours[],
): WeeklyHours[] {
  const gone = new Set(plan.remove.map((row) => row.hoursId));
  const ended = new Set(plan.end.map((row) => row.hoursId));
  const left = standing
    .filter((row) => !gone.has(row.hoursId))
    .map((row) => (ended.has(row.hoursId) ? { ...row, effectiveTo: plan.lastDay } : row));
  const goOn = plan.go.map(({ of, from }) => ({ ...of, effectiveFrom: from }));
  return [...left, ...goOn, ...made];
}

type Compared = { resourceId: string; name: string; codes: readonly SlotCode[] };

/** Minutes gained, lost and kept between two sets of hours of the same days. */
export function effectOf({ resourceId, name, codes }: Compared, before: Hours, after: Hours): Effect {
  const open = ({ available }: Hours) => mergePairs(available.filter((one) => one.resourceId === resourceId));
  const [was, is] = [open(before), open(after)];
  const kept = (hours: Hours, slotCodeId: string) =>
    minutesIn(
      mergePairs(hours.coded.filter((one) => one.resourceId === resourceId && one.slotCodeId === slotCodeId)),
    );
  return {
    ...{ resourceId, name, beforeMinutes: minutesIn(was), afterMinutes: minutesIn(is) },
    gainedMinutes: minutesIn(subtract(is, was)),
    lostMinutes: minutesIn(subtract(was, is)),
    kept: codes.flatMap(({ slotCodeId, code }) => {
      const [beforeMinutes, afterMinutes] = [kept(before, slotCodeId), kept(after, slotCodeId)];
      return beforeMinutes + afterMinutes > 0 ? [{ code, beforeMinutes, afterMinutes }] : [];
    }),
  };
}

function minutesIn(intervals: Intervals): number {
  let ms = 0;
  for (let i = 0; i < intervals.length; i += 2) ms += (intervals[i + 1] ?? 0) - (intervals[i] ?? 0);
  return Math.round(ms / minuteMs);
}

/** What an application wrote, kept so that it can be taken back. `effectiveTo`: of what it ended, as it was before. */
export type Changes = {
  ended: { hoursId: string; effectiveTo: string | null }[];
  removed: string[];
  inserted: { hoursId: string; effectiveTo: string | null }[];
};

type Found = { hoursId: string; effectiveFrom: string; effectiveTo: string | null; removed: boolean };

/**
 * Whether hours still are as an application left them: what it ended ends the day before, what it took back is gone,
 * what it wrote stands as it was written, and nothing else holds in its range. Hours that begin after the range met
 * it neither then nor now. All else of a row never changes.
 * @param found all rows of its resources, also those that were taken back
 */
export function isUntouched(changes: Changes, found: readonly Found[], { from, to }: Range): boolean {
  const byId = new Map(found.filter((row) => !row.removed).map((row) => [row.hoursId, row]));
  const lastDay = addDays(from, -1);
  if (!changes.ended.every((row) => byId.get(row.hoursId)?.effectiveTo === lastDay)) return false;
  if (changes.removed.some((id) => byId.has(id))) return false;
  const isWritten = (row: { hoursId: string; effectiveTo: string | null }) =>
    byId.get(row.hoursId)?.effectiveTo === row.effectiveTo;
  if (!changes.inserted.every(isWritten)) return false;
  const written = new Set(changes.inserted.map((row) => row.hoursId));
  return [...byId.values()].every((row) => written.has(row.hoursId) || !isIn(row, { from, to }));
}

function isIn(row: { effectiveFrom: string; effectiveTo: string | null }, { from, to }: Range): boolean {
  return (to === null || row.effectiveFrom <= to) && (row.effectiveTo === null || row.effectiveTo >= from);
}

/** 'A', 'B', …: what the office calls the weeks that take turns. */
export function weekLetter(week: number): string {
  return String.fromCharCode(64 + week);
}
