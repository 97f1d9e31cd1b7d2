import {
  addDays,
  addMonthsClamped,
  dateOfDay,
  daysBetween,
  isoWeekday,
  weekdayName,
} from '../../../platform/calendar/dates.ts';
import { firstEndingAfter } from '../../../platform/calendar/intervals.ts';
import { localDate, localTime } from '../../../platform/calendar/zones.ts';
import { forWhom } from '../booking-rules/rules.ts';
import { offeredText } from '../slot-codes/rules.ts';
import { type Blocked, whyNoOpenings } from './blocked/rules.ts';
import {
  type Found,
  loadedDates,
  type Pick,
  prepareSearch,
  type Search,
  searchOpenings,
} from './search/rules.ts';
import { type OpeningsInput, partOfDay, type Wish, wishesWeekday } from './wish/rules.ts';

export type ReasonCode = 'to-the-day' | 'days-off' | 'first' | 'slot' | 'for-whom' | 'free' | 'fills-gap';
export type Reason = { code: ReasonCode; text: string };

export type Opening = {
  startsAtMs: number;
  endsAtMs: number;
  siteId: string;
  /** Date and wall time at the site. */
  onDate: string;
  startsLocal: string;
  /** The leading resource (the physician) first; one for each need. */
  resourceIds: string[];
  /** The lane of each resource, in the same order. */
  lanes: number[];
  reasons: Reason[];
};

export type WishPart = 'timesOfDay' | 'weekdays' | 'physicianIds' | 'siteId' | 'dates';
export type NearOpening = { opening: Opening; breaks: { part: WishPart; text: string }[] };

export type Openings = {
  /** Best first: earliest, or nearest to the date wished. */
  openings: Opening[];
  /** Only when there are none: what is in the way, and what would do if one wish were given up. */
  blocked: Blocked[];
  nearest: NearOpening[];
};

/** The slot search: where a visit of this type could be, why there, and if nowhere, why not. Pure. */
export function findOpenings(input: OpeningsInput): Openings {
  const search = prepareSearch(input);
  const found = searchOpenings(search, input.wish, input.limit);
  if (found.length > 0) return { openings: describe(search, input.wish, found), blocked: [], nearest: [] };
  return { openings: [], blocked: whyNoOpenings(search, input.wish), nearest: findNearest(search) };
}

function describe(search: Search, wish: Wish, found: Found[]): Opening[] {
  const seen = new Set<string>();
  return found.map((one) => {
    const leadId = one.picks[0]?.book.resource.id ?? '';
    const isFirst = !wish.aroundDate && !seen.has(leadId);
    seen.add(leadId);
    return {
      startsAtMs: one.startMs,
      endsAtMs: one.startMs + one.length.visitMs,
      siteId: one.site.id,
      onDate: dateOfDay(one.day),
      startsLocal: localTime(one.startMs, one.site.timeZone),
      resourceIds: one.picks.map((pick) => pick.book.resource.id),
      lanes: one.picks.map((pick) => pick.lane),
      reasons: listReasons({ search, wish, one, isFirst }),
    };
  });
}

type Why = { search: Search; wish: Wish; one: Found; isFirst: boolean };

function listReasons({ search, wish, one, isFirst }: Why): Reason[] {
  const reasons: Reason[] = [];
  const [lead, ...others] = one.picks;
  const today = localDate(search.input.nowMs, one.site.timeZone);
  if (wish.aroundDate) reasons.push(distanceReason(today, wish.aroundDate, dateOfDay(one.day)));
  if (isFirst && lead) {
    reasons.push({
      code: 'first',
      text: `first ${partOfDay(wish) ?? 'opening'} with ${lead.book.resource.name}`,
    });
  }
  if (lead) reasons.push(...slotReasons(search, one, lead), ...whoReasons(search, one, lead));
  for (const { book } of others) reasons.push({ code: 'free', text: `${book.resource.name} free` });
  if (lead && fillsGap(one, lead)) reasons.push({ code: 'fills-gap', text: 'fills a gap' });
  return reasons;
}

/** The slot code in which it stands, also one that has been released. */
function slotReasons({ input }: Search, { startMs }: Found, { book }: Pick): Reason[] {
  const coded = input.slots?.coded.find(
    (one) => one.resourceId === book.resource.id && one.startMs <= startMs && startMs < one.endMs,
  );
  const code = input.slots?.codes.find((one) => one.slotCodeId === coded?.slotCodeId && one.active);
  return code ? [{ code: 'slot', text: offeredText(code, input.visitType.id) }] : [];
}

/** Whom a rule of booking will refuse there, as long as nobody said who comes. */
function whoReasons({ input }: Search, { startMs, site, day }: Found, { book }: Pick): Reason[] {
  const { ruling } = input;
  const on = { physicianId: book.resource.id, day, timeZone: site.timeZone };
  const whom = ruling ? forWhom(ruling, startMs, on) : [];
  return whom.map((text) => ({ code: 'for-whom', text }));
}

/** '3 months to the day', '2 weeks to the day', '2 days after the date asked'. */
export function distanceReason(today: string, aroundDate: string, date: string): Reason {
  const off = daysBetween(aroundDate, date);
  const days = Math.abs(off) === 1 ? '1 day' : `${Math.abs(off)} days`;
  if (off !== 0) return { code: 'days-off', text: `${days} ${off > 0 ? 'after' : 'before'} the date asked` };
  const span = spanLabel(today, date);
  return { code: 'to-the-day', text: span ? `${span} to the day` : 'on the day asked' };
}

function spanLabel(today: string, date: string): string | null {
  const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  for (let months = 1; months <= 60; months++) {
    if (addMonthsClamped(today, months) !== date) continue;
    return months % 12 === 0 ? plural(months / 12, 'year') : plural(months, 'month');
  }
  const days = daysBetween(today, date);
  return days > 0 && days % 7 === 0 ? plural(days / 7, 'week') : null;
}

/** Nothing is left over on either side, and at least one neighbor is a visit. */
function fillsGap({ startMs, length, site }: Found, { book, lane }: Pick): boolean {
  const busy = book.lanes[lane] ?? [];
  const hours = book.hoursAt.get(site.id) ?? [];
  const from = startMs - length.beforeMs;
  const to = startMs + length.visitMs + length.afterMs;
  const next = firstEndingAfter(busy, from);
  const afterVisit = busy[next - 1] === from;
  const beforeVisit = busy[next] === to;
  const hoursAt = firstEndingAfter(hours, startMs);
  const opensHere = startMs === hours[hoursAt];
  const closesHere = startMs + length.visitMs === hours[hoursAt + 1];
  return (afterVisit && (beforeVisit || closesHere)) || (beforeVisit && opensHere);
}

/** One wish given up at a time; all of them only when none alone helps. */
function findNearest(search: Search): NearOpening[] {
  const { wish } = search.input;
  const loaded = loadedDates(search);
  const relaxed: Wish[] = [];
  if (wish.timesOfDay?.length) relaxed.push({ ...wish, timesOfDay: [] });
  if (wish.weekdays?.length) relaxed.push({ ...wish, weekdays: [] });
  if (wish.physicianIds?.length) relaxed.push({ ...wish, physicianIds: [] });
  if (wish.siteId) relaxed.push({ ...wish, siteId: undefined });
  if (loaded && loaded.to > wish.to) {
    const from = addDays(wish.to, 1);
    relaxed.push({
      ...wish,
      from: from > loaded.from ? from : loaded.from,
      to: loaded.to,
      aroundDate: wish.to,
    });
  }
  if (loaded && loaded.from < wish.from) {
    const to = addDays(wish.from, -1);
    relaxed.push({ ...wish, from: loaded.from, to: to < loaded.to ? to : loaded.to, aroundDate: wish.from });
  }
  const near = relaxed.flatMap((other) => nearOpening(search, other));
  if (near.length > 0) return near.sort((a, b) => distance(a, wish) - distance(b, wish));
  return loaded
    ? nearOpening(search, { from: loaded.from, to: loaded.to, aroundDate: wish.aroundDate ?? wish.from })
    : [];
}

function distance({ opening }: NearOpening, wish: Wish): number {
  const target = wish.aroundDate ?? wish.from;
  return Math.abs(daysBetween(target, opening.onDate));
}

function nearOpening(search: Search, relaxed: Wish): NearOpening[] {
  const { wish } = search.input;
  const found = searchOpenings(search, relaxed, 1);
  const [opening] = describe(search, { ...relaxed, aroundDate: wish.aroundDate }, found);
  const [one] = found;
  return opening && one ? [{ opening, breaks: brokenParts(search, opening, one) }] : [];
}

function brokenParts({ input, lead }: Search, opening: Opening, one: Found): NearOpening['breaks'] {
  const { wish } = input;
  const breaks: NearOpening['breaks'] = [];
  const leader = one.picks[0]?.book.resource;
  const isIn = (range: { from: string; to: string }) =>
    range.from <= opening.startsLocal && opening.startsLocal < range.to;
  if (
    wish.physicianIds?.length &&
    lead?.kind === 'physician' &&
    leader &&
    !wish.physicianIds.includes(leader.id)
  ) {
    breaks.push({ part: 'physicianIds', text: `with ${leader.name}` });
  }
  if (wish.siteId && wish.siteId !== one.site.id)
    breaks.push({ part: 'siteId', text: `at ${one.site.name}` });
  if (opening.onDate < wish.from || opening.onDate > wish.to) {
    breaks.push({
      part: 'dates',
      text: opening.onDate < wish.from ? 'before the dates asked' : 'after the dates asked',
    });
  }
  if (wish.weekdays?.length && !wishesWeekday(wish, opening.onDate)) {
    breaks.push({ part: 'weekdays', text: `on a ${weekdayName(isoWeekday(opening.onDate))}` });
  }
  if (wish.timesOfDay?.length && !wish.timesOfDay.some(isIn)) {
    breaks.push({ part: 'timesOfDay', text: 'outside the hours asked' });
  }
  return breaks;
}
