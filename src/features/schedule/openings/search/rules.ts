import { dateOfDay } from '../../../../platform/calendar/dates.ts';
import { type Intervals, intersect, mergePairs, union } from '../../../../platform/calendar/intervals.ts';
import { instantAt, localDay, localMinutes } from '../../../../platform/calendar/zones.ts';
import { withoutRuled } from '../../booking-rules/rules.ts';
import type { Site } from '../../hours/rules.ts';
import {
  type Book,
  freeLane,
  freeStarts,
  hoursStarts,
  type Length,
  openBooks,
  openStarts,
  withoutBusy,
} from '../lanes/rules.ts';
import {
  type Need,
  type OpeningsInput,
  startWindows,
  type Wish,
  wishedDays,
  wishesWeekday,
} from '../wish/rules.ts';

const minuteMs = 60_000;

export type Pick = { book: Book; lane: number };
/** A start that works, with what it takes; the leading resource is the first pick. */
export type Found = { startMs: number; length: Length; site: Site; day: number; picks: Pick[] };

/** Everything read once, so that the relaxed searches of "nearest" cost no second reading. */
export type Search = {
  input: OpeningsInput;
  bookOf: (resourceId: string) => Book | null;
  patientBusy: Intervals;
  lead: Need | null;
  others: Need[];
  /** Starts at which any of a need's resources is free, per need, site, day and length. */
  cache: Map<string, Intervals>;
};

export function prepareSearch(input: OpeningsInput): Search {
  const needs = input.visitType.needs.map((need) => ({
    ...need,
    resourceIds: need.resourceIds.length > 0 ? need.resourceIds : idsOfKind(input, need.kind),
  }));
  const lead = needs.find((need) => need.kind === 'physician') ?? needs[0] ?? null;
  return {
    input,
    bookOf: openBooks({ ...input, kept: input.slots?.kept }),
    patientBusy: mergePairs(input.patientBusy),
    lead,
    others: needs.filter((need) => need !== lead),
    cache: new Map(),
  };
}

function idsOfKind(input: OpeningsInput, kind: Need['kind']): string[] {
  return input.resources.filter((resource) => resource.kind === kind).map((resource) => resource.id);
}

export function lengthWith({ input }: Search, leadId: string): Length {
  const { visitType } = input;
  return {
    visitMs: (visitType.minutesByPhysician[leadId] ?? visitType.minutes) * minuteMs,
    beforeMs: visitType.bufferBeforeMinutes * minuteMs,
    afterMs: visitType.bufferAfterMinutes * minuteMs,
  };
}

/** The leading resources that the wish allows. */
export function leadBooks({ lead, bookOf }: Search, wish: Wish): Book[] {
  const wished = lead?.kind === 'physician' && wish.physicianIds?.length ? wish.physicianIds : null;
  const ids = (lead?.resourceIds ?? []).filter((id) => !wished || wished.includes(id));
  return ids.map(bookOf).filter((book) => book !== null);
}

export function wishedSites({ input }: Search, wish: Wish): Site[] {
  return input.sites.filter((site) => !wish.siteId || site.id === wish.siteId);
}

/** The openings of a wish, best first. It stops after the day that completes the limit. */
export function searchOpenings(search: Search, wish: Wish, limit: number): Found[] {
  const found: Found[] = [];
  const leads = leadBooks(search, wish);
  for (const day of wishedDays(wish)) {
    if (!wishesWeekday(wish, dateOfDay(day))) continue;
    const ofDay = wishedSites(search, wish).flatMap((site) => {
      const windows = notPast(startWindows(wish, day, site.timeZone), search.input.nowMs);
      if (windows.length === 0) return [];
      return leads.flatMap((lead) => findOfLead(search, { lead, site, day, windows, limit }));
    });
    // The sort is stable: at the same instant the order of the visit type's physicians stays
    ofDay.sort((a, b) => a.startMs - b.startMs);
    found.push(...ofDay.slice(0, limit - found.length));
    if (found.length >= limit) break;
  }
  return found;
}

function notPast(windows: number[], nowMs: number): Intervals {
  return intersect(windows, [nowMs, Number.POSITIVE_INFINITY]);
}

export type LeadDay = { lead: Book; site: Site; day: number; windows: Intervals };

function findOfLead(search: Search, asked: LeadDay & { limit: number }): Found[] {
  const { lead, site, day, limit } = asked;
  const length = lengthWith(search, lead.resource.id);
  const found: Found[] = [];
  for (const startMs of gridStarts(
    commonStarts(search, asked),
    search.input.visitType.stepMinutes,
    site.timeZone,
  )) {
    const picks = pickResources(search, { lead, site, startMs, length });
    if (picks) found.push({ startMs, length, site, day, picks });
    if (found.length >= limit) break;
  }
  return found;
}

/** Starts at which the leader, the patient and one resource of every need are each free. */
export function commonStarts(search: Search, asked: LeadDay): Intervals {
  const { lead, site, day, windows } = asked;
  const { ruling } = search.input;
  const length = lengthWith(search, lead.resource.id);
  const byHours = intersect(hoursStarts(lead, site.id, length), windows);
  let starts = freeStarts(lead, openStarts(lead, site.id, length, byHours), length);
  starts = withoutBusy(starts, search.patientBusy, { ...length, beforeMs: 0, afterMs: 0 });
  if (ruling) {
    const on = { physicianId: lead.resource.id, day, timeZone: site.timeZone };
    starts = withoutRuled(starts, ruling, on);
  }
  for (const [index, need] of search.others.entries()) {
    if (starts.length === 0) return starts;
    starts = intersect(starts, needStarts(search, { need, index, asked, length }));
  }
  return starts;
}

type NeedAsked = { need: Need; index: number; asked: LeadDay; length: Length };

export function needStarts(search: Search, { need, index, asked, length }: NeedAsked): Intervals {
  const { site, day } = asked;
  const key = `${index} ${site.id} ${day} ${length.visitMs}`;
  const known = search.cache.get(key);
  if (known) return known;
  const whole = [instantAt(day, 0, site.timeZone), instantAt(day + 1, 0, site.timeZone) - 1];
  let starts: Intervals = [];
  for (const id of need.resourceIds) {
    const book = search.bookOf(id);
    if (!book) continue;
    const byHours = intersect(hoursStarts(book, site.id, length), whole);
    starts = union(starts, freeStarts(book, openStarts(book, site.id, length, byHours), length));
  }
  search.cache.set(key, starts);
  return starts;
}

/**
 * The starts on the step of the wall clock, in order. On the days of a clock change only those that the wall
 * clock can name: a missing time is skipped, of a doubled one the first is taken.
 */
export function* gridStarts(starts: Intervals, stepMinutes: number, timeZone: string): Generator<number> {
  for (let i = 0; i < starts.length; i += 2) {
    const from = starts[i] ?? 0;
    const to = starts[i + 1] ?? 0;
    const day = localDay(from, timeZone);
    const midnightMs = instantAt(day, 0, timeZone);
    const isPlain = instantAt(day + 1, 0, timeZone) - midnightMs === 1440 * minuteMs;
    const stepMs = stepMinutes * minuteMs;
    const first = isPlain ? Math.ceil((from - midnightMs) / stepMs) * stepMinutes : 0;
    for (let minutes = first; minutes < 1440; minutes += stepMinutes) {
      const atMs = isPlain ? midnightMs + minutes * minuteMs : instantAt(day, minutes, timeZone);
      if (atMs > to) break;
      if (atMs >= from && (isPlain || localMinutes(atMs, timeZone) === minutes)) yield atMs;
    }
  }
}

type Asked = { lead: Book; site: Site; startMs: number; length: Length };

/** One resource for each need, no resource twice; the first listed that is free, so the same answer every time. */
export function pickResources(search: Search, { lead, site, startMs, length }: Asked): Pick[] | null {
  const laneOf = (book: Book) => {
    const byHours = intersect(hoursStarts(book, site.id, length), [startMs, startMs]);
    const fits = openStarts(book, site.id, length, byHours).length > 0;
    return fits ? freeLane(book, startMs, length) : -1;
  };
  const choose = (picks: Pick[], index: number): Pick[] | null => {
    const need = search.others[index];
    if (!need) return picks;
    for (const id of need.resourceIds) {
      const book = search.bookOf(id);
      if (!book || picks.some((pick) => pick.book === book)) continue;
      const lane = laneOf(book);
      const rest = lane < 0 ? null : choose([...picks, { book, lane }], index + 1);
      if (rest) return rest;
    }
    return null;
  };
  return choose([{ book: lead, lane: freeLane(lead, startMs, length) }], 0);
}

/** First and last date for which any hours were given. */
export function loadedDates({ input }: Search): { from: string; to: string } | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const one of input.available) {
    if (one.startMs < first) first = one.startMs;
    if (one.endMs > last) last = one.endMs;
  }
  const zone = input.sites[0]?.timeZone;
  if (!zone || first > last) return null;
  const today = localDay(input.nowMs, zone);
  const from = Math.max(localDay(first, zone), today);
  return { from: dateOfDay(from), to: dateOfDay(Math.max(from, localDay(last - 1, zone))) };
}
