import { dateOfDay, dayNumber, isoWeekday, weekdayName } from '../../../platform/calendar/dates.ts';
import { groupBy } from '../../../platform/calendar/group-by.ts';
import { mergePairs, subtract } from '../../../platform/calendar/intervals.ts';
import { instantAt, minutesOf } from '../../../platform/calendar/zones.ts';
import { type ExternalBusy, withoutExternalBusy } from '../calendars/rules.ts';

/**
 * Weekly hours in wall time become intervals of instants. What wins, from weakest to strongest:
 * weekly hours, one-off openings (add), one-off closings (cut), closures of the site (nobody works there), busy time
 * of calendars outside (cut).
 */

export type Site = { id: string; timeZone: string; name: string };

export type WeeklyHours = {
  resourceId: string;
  siteId: string;
  /** 1 Monday to 7 Sunday. */
  weekday: number;
  startsLocal: string;
  endsLocal: string;
  effectiveFrom: string;
  /** Last day, included; null: until further notice. */
  effectiveTo: string | null;
  /** What the span is kept for (slot-codes/rules.ts); left out or null: nothing in particular. */
  slotCodeId?: string | null;
  /** In every n-th week only, counted from that of `weekOf`, a Monday; left out: 1, every week. */
  everyWeeks?: number;
  weekOf?: string | null;
};

export type HoursException = {
  /** Of those read from the database: what changes it needs them. */
  exceptionId?: string;
  version?: number;
  resourceId: string;
  /** null: wherever the resource works that day (an opening then goes to its first site). */
  siteId: string | null;
  onDate: string;
  kind: 'opening' | 'closing';
  /** null: the whole day. */
  startsLocal: string | null;
  endsLocal: string | null;
  note: string;
};

export type Closure = { siteId: string | null; onDate: string; name: string };

export type HoursResource = {
  resourceId: string;
  name: string;
  /** Where a room or device stands: without weekly hours of its own it is there all day. null for people. */
  siteId: string | null;
};

export type AvailableInterval = { resourceId: string; siteId: string; startMs: number; endMs: number };
/** A part of the available time that is kept for a code. */
export type CodedInterval = AvailableInterval & { slotCodeId: string };

export type Absence = {
  resourceId: string;
  onDate: string;
  kind: 'no-hours' | 'not-working' | 'closing' | 'closed';
  /** 'Dr. Lee does not work Tuesdays', 'Closed: Thanksgiving Day', 'Dr. Lee is away: conference'. */
  text: string;
};

export type HoursInput = {
  resources: HoursResource[];
  sites: Site[];
  weekly: WeeklyHours[];
  exceptions: HoursException[];
  closures: Closure[];
  /** Taken from what is open; left out: nothing is. */
  externalBusy?: ExternalBusy;
  /** Dates, both included, each read in the zone of the site. */
  from: string;
  to: string;
};

export type Hours = {
  /** By resource, then time; intervals of one resource at one site never overlap or touch within a day. */
  available: AvailableInterval[];
  /** What of it carries a slot code, by resource, then day. */
  coded: CodedInterval[];
  /** Why a resource has no time at all on a date. */
  absences: Absence[];
};

type Piece = { siteId: string; startMs: number; endMs: number };
type Day = { number: number; date: string; weekday: number; closures: Closure[] };

/** When each resource can be booked between two dates, and why not on the other days. */
export function listHours(input: HoursInput): Hours {
  const hours: Hours = { available: [], coded: [], absences: [] };
  const sites = new Map(input.sites.map((site) => [site.id, site]));
  const days = listDays(input);
  const weeklyOf = groupBy(input.weekly, (row) => row.resourceId);
  const exceptionsOf = groupBy(input.exceptions, (row) => `${row.resourceId} ${row.onDate}`);
  for (const resource of input.resources) {
    const weekly = weeklyOf.get(resource.resourceId) ?? [];
    for (const day of days) {
      const exceptions = exceptionsOf.get(`${resource.resourceId} ${day.date}`) ?? [];
      addDay(hours, { resource, weekly, exceptions, day, sites });
    }
  }
  return input.externalBusy ? withoutExternalBusy(hours, input.externalBusy, input) : hours;
}

function listDays(input: HoursInput): Day[] {
  const days: Day[] = [];
  const closuresOn = groupBy(input.closures, (closure) => closure.onDate);
  for (let number = dayNumber(input.from); number <= dayNumber(input.to); number++) {
    const date = dateOfDay(number);
    days.push({ number, date, weekday: isoWeekday(date), closures: closuresOn.get(date) ?? [] });
  }
  return days;
}

type ResourceDay = {
  resource: HoursResource;
  weekly: WeeklyHours[];
  exceptions: HoursException[];
  day: Day;
  sites: Map<string, Site>;
};

function addDay(hours: Hours, today: ResourceDay): void {
  const { resource, day } = today;
  const planned = plannedPieces(today);
  const open = planned.filter((piece) => !closureOf(day, piece.siteId));
  const left = cutClosings(open, today);
  const onDate = day.date;
  for (const piece of left) hours.available.push({ resourceId: resource.resourceId, ...piece });
  if (left.length > 0) addCoded(hours, today);
  if (left.length === 0) {
    hours.absences.push({ resourceId: resource.resourceId, onDate, ...whyAbsent(today, planned, open) });
  }
}

/** The spans with a code, cut as the hours are. */
function addCoded(hours: Hours, today: ResourceDay): void {
  const { resource, weekly, day, sites } = today;
  for (const row of weekly) {
    if (!row.slotCodeId || row.weekday !== day.weekday || !isEffective(row, day.date)) continue;
    const site = sites.get(row.siteId);
    const piece = site && pieceOf(site, day.number, row.startsLocal, row.endsLocal);
    if (!piece || closureOf(day, row.siteId)) continue;
    const { slotCodeId } = row;
    for (const left of cutClosings([piece], today))
      hours.coded.push({ resourceId: resource.resourceId, ...left, slotCodeId });
  }
}

function closureOf(day: Day, siteId: string): Closure | undefined {
  return day.closures.find((closure) => closure.siteId === null || closure.siteId === siteId);
}

/** Weekly hours in effect and one-off openings, by time. */
function plannedPieces(today: ResourceDay): Piece[] {
  const { resource, weekly, exceptions, day, sites } = today;
  const pieces: Piece[] = [];
  const add = (siteId: string, starts: string | null, ends: string | null) => {
    const site = sites.get(siteId);
    const piece = site && pieceOf(site, day.number, starts, ends);
    if (piece) pieces.push(piece);
  };
  if (weekly.length === 0 && resource.siteId) add(resource.siteId, null, null);
  for (const row of weekly) {
    if (row.weekday === day.weekday && isEffective(row, day.date))
      add(row.siteId, row.startsLocal, row.endsLocal);
  }
  for (const row of exceptions) {
    const siteId = row.siteId ?? pieces[0]?.siteId ?? weekly[0]?.siteId ?? resource.siteId;
    if (row.kind === 'opening' && siteId) add(siteId, row.startsLocal, row.endsLocal);
  }
  return pieces.length > 1 ? mergeBySite(pieces) : pieces;
}

function isEffective(row: WeeklyHours, date: string): boolean {
  return isInForce(row, date) && isItsWeek(row, date);
}

function isInForce(row: WeeklyHours, date: string): boolean {
  return row.effectiveFrom <= date && (row.effectiveTo === null || date <= row.effectiveTo);
}

/** Whether a date lies in one of the weeks of a row; days are counted, so that no clock change moves them. */
export function isItsWeek({ everyWeeks = 1, weekOf }: Alternate, date: string): boolean {
  if (everyWeeks === 1 || !weekOf) return true;
  return Math.floor((dayNumber(date) - dayNumber(weekOf)) / 7) % everyWeeks === 0;
}
type Alternate = Pick<WeeklyHours, 'everyWeeks' | 'weekOf'>;

/** null for hours that end before they begin, also where a clock change swallows them. */
function pieceOf(site: Site, day: number, starts: string | null, ends: string | null): Piece | null {
  const startMs = instantAt(day, starts === null ? 0 : minutesOf(starts), site.timeZone);
  const endMs = instantAt(day, ends === null ? 1440 : minutesOf(ends), site.timeZone);
  return startMs < endMs ? { siteId: site.id, startMs, endMs } : null;
}

function mergeBySite(pieces: Piece[]): Piece[] {
  const merged: Piece[] = [];
  for (const [siteId, own] of groupBy(pieces, (piece) => piece.siteId))
    addPairs(merged, siteId, mergePairs(own));
  return merged.sort((a, b) => a.startMs - b.startMs);
}

function addPairs(pieces: Piece[], siteId: string, flat: number[]): void {
  for (let i = 0; i < flat.length; i += 2)
    pieces.push({ siteId, startMs: flat[i] ?? 0, endMs: flat[i + 1] ?? 0 });
}

function cutClosings(pieces: Piece[], { exceptions, day, sites }: ResourceDay): Piece[] {
  let left = pieces;
  for (const row of exceptions) {
    if (row.kind !== 'closing') continue;
    left = left.flatMap((piece) => {
      const site = sites.get(piece.siteId);
      const cut = site && (row.siteId ?? piece.siteId) === piece.siteId;
      const taken = cut ? pieceOf(site, day.number, row.startsLocal, row.endsLocal) : null;
      if (!taken) return [piece];
      const kept: Piece[] = [];
      addPairs(kept, piece.siteId, subtract([piece.startMs, piece.endMs], [taken.startMs, taken.endMs]));
      return kept;
    });
  }
  return left;
}

function whyAbsent(today: ResourceDay, planned: Piece[], open: Piece[]): Pick<Absence, 'kind' | 'text'> {
  const { resource, weekly, exceptions, day } = today;
  const [first] = planned;
  if (!first) {
    const standing = weekly.filter((row) => isInForce(row, day.date));
    if (standing.length === 0) return { kind: 'no-hours', text: `${resource.name} has no hours set` };
    const name = weekdayName(day.weekday);
    const onOthers = standing.some((row) => row.weekday === day.weekday);
    const when = onOthers ? `this ${name}, only in other weeks` : `${name}s`;
    return { kind: 'not-working', text: `${resource.name} does not work ${when}` };
  }
  if (open.length === 0)
    return { kind: 'closed', text: `Closed: ${closureOf(day, first.siteId)?.name ?? ''}` };
  const note = exceptions.find((row) => row.kind === 'closing')?.note.trim();
  return { kind: 'closing', text: `${resource.name} is away${note ? `: ${note}` : ''}` };
}
