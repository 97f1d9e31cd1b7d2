import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localTime, toInstant } from '../../../platform/calendar/zones.ts';
import { patternDates } from './pattern/rules.ts';
import type { EditSeries, PlaceResult, SeriesPattern } from './schema.ts';

/** Which visits an edit of a series means, and where it wants them. Pure; instants are epoch ms. */

/** The instants of a pattern: the same time on the wall of the site, whatever its clocks do between. */
export function wantedInstants(pattern: SeriesPattern, timeZone: string): string[] {
  return patternDates(pattern).map((date) => new Date(toInstant(date, pattern.time, timeZone)).toISOString());
}

/** `5 of 6 booked` */
export function bookedLabel(places: readonly Pick<PlaceResult, 'state'>[]): string {
  const planned = places.filter((one) => one.state !== 'given_up').length;
  return `${places.filter((one) => one.state === 'booked').length} of ${planned} booked`;
}

export function isInScope(placeNo: number, { scope, fromNo }: Pick<EditSeries, 'scope' | 'fromNo'>): boolean {
  if (scope === 'one') return placeNo === fromNo;
  return scope === 'all' || placeNo >= fromNo;
}

type Moved = { time?: string | undefined; days?: number | undefined };

/** Where a time goes: other days, another time on the wall; what is not said stays as the wall showed it. */
export function shifted(atIso: string, { time, days }: Moved, timeZone: string): string {
  if (time === undefined && !days) return atIso;
  const atMs = Date.parse(atIso);
  const date = addDays(localDate(atMs, timeZone), days ?? 0);
  return new Date(toInstant(date, time ?? localTime(atMs, timeZone), timeZone)).toISOString();
}

export type Standing = { startsAt: string; physicianId: string };
export type WantedPlace = { wantedAt: string; physicianId: string };

/** Whether a visit stands elsewhere than its series wants it. */
export function isMovedByHand(visit: Standing, place: WantedPlace): boolean {
  return Date.parse(visit.startsAt) !== Date.parse(place.wantedAt) || visit.physicianId !== place.physicianId;
}

/**
 * In which order visits are moved, so that none stands in the way of the next: those that go later from the last on,
 * the others from the first.
 */
export function moveOrder<T extends { startsAt: string; toStartsAt: string }>(visits: readonly T[]): T[] {
  const later = visits.some((one) => Date.parse(one.toStartsAt) > Date.parse(one.startsAt));
  return [...visits].sort((a, b) => {
    const order = Date.parse(a.startsAt) - Date.parse(b.startsAt);
    return later ? -order : order;
  });
}

export type EditedVisit = Standing & { state: string };

/** Why an edit of several leaves a visit alone; null when it may change it. */
export function whyLeftAlone(
  visit: EditedVisit,
  place: WantedPlace,
  { input, nowMs }: { input: EditSeries; nowMs: number },
): string | null {
  if (visit.state !== 'booked') return 'It has begun or is over: a series edit leaves it alone.';
  if (Date.parse(visit.startsAt) <= nowMs) return 'Its time has passed: a series edit leaves it alone.';
  if (input.scope === 'one' || input.movedToo || input.edit.kind === 'cancel') return null;
  const { time, days } = input.edit.change;
  const isTime = time !== undefined || Boolean(days);
  return isTime && isMovedByHand(visit, place) ? 'It was moved by hand and stays there.' : null;
}

/** Of the free times of a day the nearest to the one wanted. */
export function nearestTo<T extends { startsAt: string }>(
  openings: readonly T[],
  wantedAt: string,
  most: number,
): T[] {
  const off = (one: T) => Math.abs(Date.parse(one.startsAt) - Date.parse(wantedAt));
  return [...openings].sort((a, b) => off(a) - off(b)).slice(0, most);
}
