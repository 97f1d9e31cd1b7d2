import { dateOfDay, isoWeekday, weekdayName } from '../../../../platform/calendar/dates.ts';
import { type Intervals, intersect } from '../../../../platform/calendar/intervals.ts';
import { instantAt } from '../../../../platform/calendar/zones.ts';
import { ruledStarts, ruleText, withoutRuled } from '../../booking-rules/rules.ts';
import type { Site } from '../../hours/rules.ts';
import { type Book, freeStarts, hoursStarts, openStarts, withoutBusy } from '../lanes/rules.ts';
import {
  commonStarts,
  leadBooks,
  lengthWith,
  needStarts,
  type Search,
  wishedSites,
} from '../search/rules.ts';
import { type Need, startWindows, type Wish, wishedDays, wishesWeekday } from '../wish/rules.ts';

/** What stands in the way, on how many days, the first and the last of them. Most days first. */
export type Blocked = { why: string; from: string; to: string; count: number };

/** From so many physicians on, a day has one reason for all of them instead of one for each. */
const crowd = 4;

/** Why a wish has no opening: for each day and each leading resource the first thing in the way. */
export function whyNoOpenings(search: Search, wish: Wish): Blocked[] {
  const leads = leadBooks(search, wish);
  const sites = wishedSites(search, wish);
  const days = wishedDays({ ...wish, aroundDate: undefined }).map(dateOfDay);
  if (leads.length === 0) {
    const why = search.lead
      ? `None of those asked does ${search.input.visitType.name}`
      : 'The visit type needs nobody';
    return [{ why, from: wish.from, to: wish.to, count: Math.max(days.length, 1) }];
  }
  const tally = new Map<string, Blocked>();
  const asked = wishedDays({ ...wish, aroundDate: undefined }).filter((day) =>
    wishesWeekday(wish, dateOfDay(day)),
  );
  if (asked.length === 0) {
    return [
      { why: 'No such weekday between the dates asked', from: wish.from, to: wish.to, count: days.length },
    ];
  }
  for (const day of asked) {
    const answers = leads.map((lead) => whyNot(search, { wish, lead, sites, day }));
    const whys = leads.length >= crowd ? [whyNobody(answers, day)] : answers.map((answer) => answer.why);
    for (const why of new Set(whys)) count(tally, why, dateOfDay(day));
  }
  return [...tally.values()].sort((a, b) => b.count - a.count || a.from.localeCompare(b.from));
}

function count(tally: Map<string, Blocked>, why: string, date: string): void {
  const known = tally.get(why);
  if (!known) tally.set(why, { why, from: date, to: date, count: 1 });
  else {
    known.to = date;
    known.count += 1;
  }
}

/** The reason of whoever came nearest, told of everybody. */
function whyNobody(answers: Answer[], day: number): string {
  const best = answers.reduce((one, other) => (other.rank > one.rank ? other : one));
  if (best.rank > 0) return sentence(best.why.replace(best.name, best.rank === 1 ? 'anyone' : 'everyone'));
  const closed = answers.find((answer) => answer.isClosed);
  return closed?.why ?? `Nobody works ${weekdayName(isoWeekday(dateOfDay(day)))}s`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Answer = { rank: number; why: string; name: string; isClosed: boolean };
type Asked = { wish: Wish; lead: Book; sites: Site[]; day: number };
type AtSite = { search: Search; wish: Wish; lead: Book; site: Site; day: number };

/** The answer of the site that came nearest to an opening. */
function whyNot(search: Search, { wish, lead, sites, day }: Asked): Answer {
  let nearest = { rank: -1, why: '' };
  for (const site of sites) {
    const answer = whyNotAt({ search, wish, lead, site, day });
    if (answer.rank > nearest.rank) nearest = answer;
  }
  const { name } = lead.resource;
  if (nearest.rank > 0) return { ...nearest, name, isClosed: false };
  return { rank: 0, name, ...whyAway(search, { wish, lead, sites, day }) };
}

function whyAway(search: Search, { lead, sites, day }: Asked): { why: string; isClosed: boolean } {
  const { id, name } = lead.resource;
  const date = dateOfDay(day);
  const weekdays = `${weekdayName(isoWeekday(date))}s`;
  const elsewhere = search.input.sites.find(
    (site) => !sites.includes(site) && wholeDay(lead, site, day).length > 0,
  );
  if (elsewhere) return { why: `${name} is at ${elsewhere.name} on ${weekdays}`, isClosed: false };
  const absence = search.input.absences.find((one) => one.resourceId === id && one.onDate === date);
  return { why: absence?.text ?? `${name} does not work ${weekdays}`, isClosed: absence?.kind === 'closed' };
}

function wholeDay(book: Book, site: Site, day: number): Intervals {
  const bounds = [instantAt(day, 0, site.timeZone), instantAt(day + 1, 0, site.timeZone) - 1];
  return intersect(hoursStarts(book, site.id, { visitMs: 1, beforeMs: 0, afterMs: 0 }), bounds);
}

/** A higher rank came nearer to an opening; rank 0 is not there at all. */
function whyNotAt(at: AtSite): { rank: number; why: string } {
  const { search, wish, lead, site, day } = at;
  const { name, id } = lead.resource;
  const length = lengthWith(search, id);
  if (wholeDay(lead, site, day).length === 0) return { rank: 0, why: '' };
  const dayWindow = startWindows({ ...wish, timesOfDay: [] }, day, site.timeZone);
  const fits = intersect(hoursStarts(lead, site.id, length), dayWindow);
  if (fits.length === 0) return { rank: 1, why: `The visit is longer than the hours of ${name}` };
  const windows = intersect(startWindows(wish, day, site.timeZone), fits);
  if (windows.length === 0) return { rank: 2, why: `${name} has hours only outside the hours asked` };
  const ahead = intersect(windows, [search.input.nowMs, Number.POSITIVE_INFINITY]);
  if (ahead.length === 0) return { rank: 3, why: 'The time asked has passed' };
  const free = freeStarts(lead, ahead, length);
  if (free.length === 0) {
    const later = freeStarts(lead, intersect(fits, [search.input.nowMs, Number.POSITIVE_INFINITY]), length);
    const asked = later.length > 0 ? ' in the hours asked' : '';
    return { rank: 4, why: `${name} is booked${asked}` };
  }
  const open = openStarts(lead, site.id, length, free);
  if (open.length === 0) return { rank: 5, why: whyKept(at) };
  const allowed = withoutRules(at, open);
  if (allowed.length === 0) return { rank: 6, why: whyRuled(at) };
  if (withoutBusy(allowed, search.patientBusy, { ...length, beforeMs: 0, afterMs: 0 }).length === 0) {
    return { rank: 7, why: 'The patient has another visit then' };
  }
  return whyNeeds(at, allowed, ahead);
}

/** "Dr. Lee keeps the free time for NP, URG". */
function whyKept({ search, lead, site, day }: AtSite): string {
  const { kept = [], codes = [] } = search.input.slots ?? {};
  const [from, to] = [instantAt(day, 0, site.timeZone), instantAt(day + 1, 0, site.timeZone)];
  const ids = kept
    .filter((one) => one.resourceId === lead.resource.id && one.startMs < to && one.endMs > from)
    .map((one) => one.slotCodeId);
  const named = codes.filter((code) => ids.includes(code.slotCodeId)).map((code) => code.code);
  return `${lead.resource.name} keeps the free time for ${named.join(', ')}`;
}

function onDay({ lead, site, day }: AtSite) {
  return { physicianId: lead.resource.id, day, timeZone: site.timeZone };
}

function withoutRules(at: AtSite, starts: Intervals): Intervals {
  const { ruling } = at.search.input;
  return ruling ? withoutRuled(starts, ruling, onDay(at)) : starts;
}

function whyRuled(at: AtSite): string {
  const { rules = [], counted = [], unsaid = [] } = at.search.input.ruling ?? {};
  const broken = [...rules, ...unsaid].filter((rule) => ruledStarts(rule, onDay(at), counted).length > 0);
  return broken.map((rule) => ruleText(rule).replace(/\.$/, '')).join('; ');
}

function whyNeeds(
  { search, lead, site, day }: AtSite,
  free: Intervals,
  windows: Intervals,
): { rank: number; why: string } {
  const length = lengthWith(search, lead.resource.id);
  const asked = { lead, site, day, windows };
  for (const [index, need] of search.others.entries()) {
    const starts = needStarts(search, { need, index, asked, length });
    if (intersect(starts, free).length === 0) return { rank: 8, why: nobodyFree(search, need) };
  }
  if (commonStarts(search, asked).length === 0) {
    return { rank: 9, why: `${lead.resource.name} and what the visit needs are never free together` };
  }
  return {
    rank: 10,
    why: `No start on the ${search.input.visitType.stepMinutes}-minute steps fits the free time`,
  };
}

function nobodyFree(search: Search, need: Need): string {
  const names = need.resourceIds
    .map((id) => search.bookOf(id)?.resource.name)
    .filter((name) => name !== undefined);
  if (names.length === 1) return `${names[0]} is not free`;
  // "Procedure room 1, Procedure room 2" are procedure rooms
  const stems = new Set(names.map((name) => name.replace(/[\s#]*\w?\d*$/, '').toLowerCase()));
  const [stem] = stems;
  return `No ${stems.size === 1 && stem ? stem : need.kind} free`;
}
