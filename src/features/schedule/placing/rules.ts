import { localDay, timeLabel } from '../../../platform/calendar/zones.ts';
import { brokenRules, type Ruling, ruleText } from '../booking-rules/rules.ts';
import type { Absence, AvailableInterval, Site } from '../hours/rules.ts';
import { type Clash, explainClash } from '../openings/clash/rules.ts';
import { type Book, freeLane, hoursStarts, type Length, openBooks } from '../openings/lanes/rules.ts';
import type { BusyInterval } from '../openings/wish/rules.ts';
import { type KeptInterval, keptText, type SlotCode } from '../slot-codes/rules.ts';

/** Where a visit that is asked for can stand, and what is in the way. Pure; instants are epoch ms. */

export const overbookLane = 100;

export type PlacingResource = {
  resourceId: string;
  kind: 'physician' | 'room' | 'device';
  name: string;
  siteId: string | null;
  capacity: number;
  active: boolean;
};
export type PlacingNeed = { kind: 'room' | 'device'; resourceIds: string[] };

export type Wanted = {
  site: Site;
  physicianId: string;
  /** Rooms and devices that it must have. */
  resourceIds: string[];
  /** Rooms and devices tried first (those that it has before a move). */
  preferIds: string[];
  needs: PlacingNeed[];
  /** It stands at this time already: only `resourceIds` are new to it, and nothing else is looked at. */
  stands?: boolean;
  startMs: number;
  length: Length;
};

export type PlacingInput = {
  wanted: Wanted;
  /** In the order in which they are picked. */
  resources: PlacingResource[];
  available: AvailableInterval[];
  absences: Absence[];
  /** Of the available time, what a slot code keeps for other visits. */
  kept?: { intervals: KeptInterval[]; codes: SlotCode[] };
  /** The practice's rules that speak of the visit. */
  ruling?: Ruling;
  /** Of all candidates, around the time. */
  busy: BusyInterval[];
  patientBusy: { startMs: number; endMs: number }[];
};

export type Obstacle = {
  kind: 'hours' | 'slot' | 'rule' | 'clash' | 'patient' | 'past' | 'missing';
  /** Whose hours they are. */
  resourceId?: string;
  text: string;
  /** Who holds it may book all the same, with a reason; null: nobody. */
  permission: string | null;
};
export type Place = { resourceId: string; lane: number };
export type Placement = { places: Place[]; obstacles: Obstacle[] };

/** Every resource that the visit might end up on: what must be locked before its free time is read. */
export function listCandidates(wanted: Wanted, resources: PlacingResource[]): string[] {
  if (wanted.stands) return [...new Set(wanted.resourceIds)];
  const ids = new Set([wanted.physicianId, ...wanted.resourceIds]);
  for (const need of wanted.needs) for (const id of fittingIds(need, wanted, resources)) ids.add(id);
  for (const id of extras(wanted, resources)) ids.add(id);
  return [...ids];
}

/** What may serve a need: those asked for, if any fits; else all that fit, those preferred first. */
function fittingIds(need: PlacingNeed, wanted: Wanted, resources: PlacingResource[]): string[] {
  const fits = resources.filter((one) => {
    const listed = need.resourceIds.length === 0 || need.resourceIds.includes(one.resourceId);
    return (
      one.kind === need.kind && one.active && listed && (one.siteId ?? wanted.site.id) === wanted.site.id
    );
  });
  const ids = fits.map((one) => one.resourceId);
  const asked = ids.filter((id) => wanted.resourceIds.includes(id));
  if (asked.length > 0) return asked;
  const preferred = ids.filter((id) => wanted.preferIds.includes(id));
  return [...preferred, ...ids.filter((id) => !preferred.includes(id))];
}

/** What it had beyond the needs of its type, where nobody said otherwise: kept as long as that is free. */
function extras({ needs, resourceIds, preferIds, site }: Wanted, resources: PlacingResource[]): string[] {
  const rooms = new Map(resources.map((one) => [one.resourceId, one]));
  const kinds: unknown[] = [...needs, ...resourceIds.map((id) => rooms.get(id))].map((one) => one?.kind);
  return preferIds.filter((id) => {
    const one = rooms.get(id);
    return one?.active && !kinds.includes(one.kind) && (one.siteId ?? site.id) === site.id;
  });
}

type Look = { input: PlacingInput; bookOf: (id: string) => Book | null };

/** Choose rooms, devices and lanes for the visit; what is in the way is told, with who may overrule it. */
export function placeVisit(input: PlacingInput): Placement {
  const bookOf = openBooks({
    resources: input.resources.map((one) => ({ ...one, id: one.resourceId })),
    available: input.available,
    busy: input.busy,
  });
  const look = { input, bookOf };
  const { wanted } = input;
  const placed = (ids: string[]) => ids.map((id) => ({ resourceId: id, lane: laneOf(look, id) }));
  if (wanted.stands) {
    const ids = listCandidates(wanted, input.resources);
    return { places: placed(ids), obstacles: ids.flatMap((id) => obstaclesOf(look, id)) };
  }
  const served = serveNeeds(look);
  const isFree = (id: string) => hoursObstacle(look, id) === null && freeOrdinary(look, id) >= 0;
  const kept = extras(wanted, input.resources).filter(isFree);
  const ids = [...new Set([wanted.physicianId, ...(served ?? []), ...wanted.resourceIds, ...kept])];
  const obstacles: Obstacle[] = [];
  if (!served) obstacles.push({ kind: 'missing', text: missingText(wanted), permission: null });
  obstacles.push(...ids.flatMap((id) => obstaclesOf(look, id)));
  const endMs = wanted.startMs + wanted.length.visitMs;
  const other = input.patientBusy.find((one) => one.startMs < endMs && one.endMs > wanted.startMs);
  if (other) obstacles.push(patientObstacle(other.startMs, wanted.site));
  obstacles.push(...ruleObstacles(input));
  return { places: placed(ids), obstacles };
}

function obstaclesOf(look: Look, id: string): Obstacle[] {
  return [hoursObstacle(look, id), slotObstacle(look, id), clashObstacle(look, id)].filter(
    (one) => one !== null,
  );
}

/** A slot code that keeps the time of the resource for other visits. */
function slotObstacle({ input }: Look, id: string): Obstacle | null {
  const { wanted, kept, resources } = input;
  const { startMs, site, length } = wanted;
  const endMs = startMs + length.visitMs;
  const keeps = kept?.intervals.find((one) => {
    const isHere = one.resourceId === id && one.siteId === site.id;
    return isHere && one.startMs < endMs && one.endMs > startMs && startMs > one.releasedToMs;
  });
  const code = kept?.codes.find((one) => one.slotCodeId === keeps?.slotCodeId);
  if (!keeps || !code) return null;
  const name = resources.find((one) => one.resourceId === id)?.name ?? '';
  const text = keptText({ ...keeps, name, code, timeZone: site.timeZone });
  return { kind: 'slot', text, permission: 'visits.override-slots' };
}

/** Rules that only warn are overruled by whoever books, with a reason all the same. */
function ruleObstacles({ wanted, ruling }: PlacingInput): Obstacle[] {
  if (!ruling) return [];
  const { startMs, site, physicianId } = wanted;
  const day = localDay(startMs, site.timeZone);
  return brokenRules(ruling, startMs, { physicianId, day, timeZone: site.timeZone }).map((rule) => ({
    kind: 'rule',
    text: ruleText(rule),
    permission: rule.effect === 'warn' ? 'visits.book' : 'visits.override-rules',
  }));
}

/** One resource for each need, no resource twice: free ones; else ones that are there; else any. */
function serveNeeds(look: Look): string[] | null {
  const { wanted, resources } = look.input;
  const options = wanted.needs.map((need) => fittingIds(need, wanted, resources));
  const isThere = (id: string) => hoursObstacle(look, id) === null;
  const isFree = (id: string) => isThere(id) && freeOrdinary(look, id) >= 0;
  const isOpen = (id: string) => isFree(id) && slotObstacle(look, id) === null;
  return (
    choose(options, isOpen) ??
    choose(options, isFree) ??
    choose(options, isThere) ??
    choose(options, () => true)
  );
}

function choose(
  options: string[][],
  allowed: (id: string) => boolean,
  picked: string[] = [],
): string[] | null {
  const [first, ...rest] = options;
  if (!first) return picked;
  for (const id of first) {
    const all = !picked.includes(id) && allowed(id) ? choose(rest, allowed, [...picked, id]) : null;
    if (all) return all;
  }
  return null;
}

function freeOrdinary({ input, bookOf }: Look, id: string): number {
  const book = bookOf(id);
  return book ? freeLane(book, input.wanted.startMs, input.wanted.length) : -1;
}

/** An ordinary lane where there is one; else the first overbooking lane that is free. */
function laneOf(look: Look, id: string): number {
  const lane = freeOrdinary(look, id);
  if (lane >= 0) return lane;
  const { fromMs, toMs } = span(look.input.wanted);
  const taken = new Set(
    look.input.busy
      .filter((one) => one.resourceId === id && one.startMs < toMs && one.endMs > fromMs)
      .map((one) => one.lane),
  );
  let over = overbookLane;
  while (taken.has(over)) over += 1;
  return over;
}

/** What the visit occupies: its buffers included. */
export function span({ startMs, length }: Wanted): { fromMs: number; toMs: number } {
  return { fromMs: startMs - length.beforeMs, toMs: startMs + length.visitMs + length.afterMs };
}

function resourceOf({ input }: Look, id: string): PlacingResource | undefined {
  return input.resources.find((one) => one.resourceId === id);
}

function clashObstacle(look: Look, id: string): Obstacle | null {
  if (freeOrdinary(look, id) >= 0) return null;
  const resource = resourceOf(look, id);
  if (!resource) return null;
  const { wanted, busy } = look.input;
  const { fromMs, toMs } = span(wanted);
  const own = busy.filter((one) => one.resourceId === id);
  const clash: Clash | null = explainClash({
    resource,
    startMs: fromMs,
    endMs: toMs,
    timeZone: wanted.site.timeZone,
    busy: own,
    nextFreeMs: [],
    freeInstead: [],
  });
  // A machine cannot be in two places; people double up, and so do rooms when they must
  const permission = resource.kind === 'device' ? null : 'visits.overbook';
  return { kind: 'clash', text: clash?.message ?? `${resource.name} is taken then.`, permission };
}

function hoursObstacle(look: Look, id: string): Obstacle | null {
  const { wanted, available, absences } = look.input;
  const book = look.bookOf(id);
  const starts = book ? hoursStarts(book, wanted.site.id, wanted.length) : [];
  for (let i = 0; i < starts.length; i += 2) {
    if ((starts[i] ?? 0) <= wanted.startMs && wanted.startMs <= (starts[i + 1] ?? 0)) return null;
  }
  const name = resourceOf(look, id)?.name ?? '';
  const own = available.filter((one) => one.resourceId === id);
  const here = own.filter((one) => one.siteId === wanted.site.id);
  const absence = absences.find((one) => one.resourceId === id);
  return {
    kind: 'hours',
    resourceId: id,
    text: hoursText({ name, here, elsewhere: own.length > here.length, absence, site: wanted.site }),
    permission: 'visits.outside-hours',
  };
}

type HoursTold = {
  name: string;
  here: AvailableInterval[];
  elsewhere: boolean;
  absence: Absence | undefined;
  site: Site;
};

function hoursText({ name, here, elsewhere, absence, site }: HoursTold): string {
  if (here.length > 0) {
    const label = (atMs: number) => timeLabel(atMs, site.timeZone);
    const hours = here.map((one) => `${label(one.startMs)} to ${label(one.endMs)}`).join(', ');
    return `That is outside the hours of ${name}: ${hours} on this day.`;
  }
  if (elsewhere) return `${name} is at another site on this day.`;
  return `${absence?.text ?? `${name} does not work on this day`}.`;
}

function patientObstacle(atMs: number, site: Site): Obstacle {
  return {
    kind: 'patient',
    text: `The patient has another visit at ${timeLabel(atMs, site.timeZone)}.`,
    permission: 'visits.overbook',
  };
}

function missingText({ needs, site }: Wanted): string {
  const kinds = [...new Set(needs.map((need) => need.kind))].join(' and ');
  return `${site.name} does not have the ${kinds} that this visit needs. Choose another site or visit type.`;
}
