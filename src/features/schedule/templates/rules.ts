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
  const met = standing.filter(
    (row) =>
      (to === null || row.effectiveFrom <= to) && (row.effectiveTo === null || row.effectiveTo >= from),
  );
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

type Found = { hoursId: string; effectiveTo: string | null; removed: boolean };

/**
 * Whether hours still are as an application left them: what it ended ends the day before, what it took back is gone,
 * and what holds from its first day on is what it wrote and nothing else. All else of a row never changes.
 * @param found all rows of its resources, also those that were taken back
 */
export function isUntouched(changes: Changes, found: readonly Found[], from: string): boolean {
  const byId = new Map(found.map((row) => [row.hoursId, row]));
  const lastDay = addDays(from, -1);
  const isEnded = ({ hoursId }: { hoursId: string }) => {
    const row = byId.get(hoursId);
    return row !== undefined && !row.removed && row.effectiveTo === lastDay;
  };
  if (!changes.ended.every(isEnded)) return false;
  if (!changes.removed.every((id) => byId.get(id)?.removed)) return false;
  const written = new Map(changes.inserted.map((row) => [row.hoursId, row.effectiveTo]));
  const standing = found.filter(
    (row) => !row.removed && (row.effectiveTo === null || row.effectiveTo >= from),
  );
  return (
    standing.length === written.size && standing.every((row) => written.get(row.hoursId) === row.effectiveTo)
  );
}

/** 'A', 'B', …: what the office calls the weeks that take turns. */
export function weekLetter(week: number): string {
  return String.fromCharCode(64 + week);
}
