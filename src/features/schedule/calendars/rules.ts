import { type Intervals, mergePairs, subtract } from '../../../platform/calendar/intervals.ts';
import { dayBounds, localDate } from '../../../platform/calendar/zones.ts';
import type { Hours, Site } from '../hours/rules.ts';

/** Busy time of calendars outside the office. It takes from the hours, wherever hours are asked for. Pure. */

/** Flat pairs of instants by physician: sorted, apart from each other. */
export type ExternalBusy = Readonly<Record<string, Intervals>>;

/** How far ahead busy times are known. */
export const daysAhead = 120;
/** How long a calendar may be unread before someone should look. */
export const unreadHours = 6;

export const busyWords = 'Busy (external calendar)';

export type BusyRow = { resourceId: string; starts: number[]; ends: number[] };

/** Of the rows of SQL, in which calendars of one physician may overlap. */
export function toExternalBusy(rows: readonly BusyRow[]): ExternalBusy {
  return Object.fromEntries(
    rows.map(({ resourceId, starts, ends }) => [
      resourceId,
      mergePairs(starts.map((startMs, at) => ({ startMs, endMs: ends[at] ?? startMs }))),
    ]),
  );
}

/** The pairs that meet a stretch; of some hundred the few of a day. */
export function pairsWithin(pairs: Intervals, fromMs: number, toMs: number): Intervals {
  let low = 0;
  let high = pairs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle * 2 + 1] ?? 0) <= fromMs) low = middle + 1;
    else high = middle;
  }
  const within: number[] = [];
  for (let i = low * 2; i < pairs.length && (pairs[i] ?? 0) < toMs; i += 2)
    within.push(pairs[i] ?? 0, pairs[i + 1] ?? 0);
  return within;
}

/** Take busy time out of the hours; who has none left on a day is away on it. */
export function withoutExternalBusy(
  hours: Hours,
  busy: ExternalBusy,
  {
    resources,
    sites,
  }: { resources: readonly { resourceId: string; name: string }[]; sites: readonly Site[] },
): Hours {
  const zones = new Map(sites.map((site) => [site.id, site.timeZone]));
  const names = new Map(resources.map((one) => [one.resourceId, one.name]));
  const dateOf = (one: Hours['available'][number]) => localDate(one.startMs, zones.get(one.siteId) ?? 'UTC');
  const lost = new Map<string, Hours['absences'][number]>();
  const available: Hours['available'] = [];
  for (const one of hours.available) {
    const taken = pairsWithin(busy[one.resourceId] ?? [], one.startMs, one.endMs);
    if (taken.length === 0) {
      available.push(one);
      continue;
    }
    const left = subtract([one.startMs, one.endMs], taken);
    for (let i = 0; i < left.length; i += 2)
      available.push({ ...one, startMs: left[i] ?? 0, endMs: left[i + 1] ?? 0 });
    const onDate = dateOf(one);
    const text = `${names.get(one.resourceId) ?? ''} is busy by an external calendar`;
    lost.set(`${one.resourceId} ${onDate}`, { resourceId: one.resourceId, onDate, kind: 'closing', text });
  }
  for (const one of available) lost.delete(`${one.resourceId} ${dateOf(one)}`);
  return { ...hours, available, absences: [...hours.absences, ...lost.values()] };
}

export type Shown = { startsAt: string; endsAt: string };

/** The busy times of a day, for the grid. */
export function busyOn(busy: ExternalBusy, resourceId: string, date: string, timeZone: string): Shown[] {
  const { startMs, endMs } = dayBounds(date, timeZone);
  const pairs = pairsWithin(busy[resourceId] ?? [], startMs, endMs);
  const shown: Shown[] = [];
  for (let i = 0; i < pairs.length; i += 2)
    shown.push({
      startsAt: new Date(Math.max(pairs[i] ?? 0, startMs)).toISOString(),
      endsAt: new Date(Math.min(pairs[i + 1] ?? 0, endMs)).toISOString(),
    });
  return shown;
}
