import { type Intervals, mergePairs, subtract } from '../../../platform/calendar/intervals.ts';
import { minutesLabel, minutesOf } from '../../../platform/calendar/zones.ts';
import type { Block } from '../blocks/schema.ts';
import { isOverWait } from '../flow/rules.ts';
import type { FlowLimits } from '../flow/schema.ts';
import type { Session } from '../groups/schema.ts';
import type { Hours, HoursException } from '../hours/rules.ts';
import { isPinned, type PinFacts } from '../pinboard/rules.ts';
import { occupies } from '../visits/rules.ts';
import type { Day, DayGroup, DayResource, DayVisit } from './schema.ts';

/** From rows to what the grid draws. Pure. */

const minuteMs = 60_000;

/** A visit of the day as SQL answers it. */
export type VisitRow = Omit<
  DayVisit,
  | 'confirmed'
  | 'overbooked'
  | 'pinnedBy'
  | 'hasNote'
  | 'noPhone'
  | 'noAddress'
  | 'waitsLong'
  | 'walkIn'
  | 'sessionId'
  | 'seriesId'
  | 'seriesNo'
> & {
  physicianId: string;
  preferredName: string;
  confirmedAt: string | null;
  overbooked: boolean;
  hasNote: boolean;
  noPhone: boolean;
  noAddress: boolean;
  walkIn: boolean;
  sessionId: string | null;
  seriesId: string | null;
  seriesNo: number | null;
};

/** A visit as the grid takes it: what is null, empty or false is left out, hundreds of them cross the wire. */
export function shownVisit(row: VisitRow, nowMs: number, limits: FlowLimits): DayVisit {
  const isAhead = row.state === 'booked';
  const { physicianId, resourceIds } = row;
  const shown: DayVisit = {
    visitId: row.visitId,
    version: row.version,
    state: row.state,
    patientId: row.patientId,
    patient: row.patient,
    visitTypeId: row.visitTypeId,
    siteId: row.siteId,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    resourceIds: [physicianId, ...resourceIds.filter((id) => id !== physicianId)],
  };
  // One by one: of six hundred, objects put together from twenty parts each take as long as their statement.
  if (row.preferredName) shown.preferred = row.preferredName;
  if (row.reason) shown.reason = row.reason;
  if (row.confirmedAt) shown.confirmed = true;
  if (row.arrivedAt) shown.arrivedAt = row.arrivedAt;
  if (row.inRoomAt) shown.inRoomAt = row.inRoomAt;
  if (row.withPhysicianAt) shown.withPhysicianAt = row.withPhysicianAt;
  if (row.checkedOutAt) shown.checkedOutAt = row.checkedOutAt;
  if (row.cancelReason) shown.cancelReason = row.cancelReason;
  if (row.overbooked) shown.overbooked = true;
  if (row.hasNote) shown.hasNote = true;
  if (isAhead && row.noPhone) shown.noPhone = true;
  if (isAhead && row.noAddress) shown.noAddress = true;
  if (isOverWait(row, limits, nowMs)) shown.waitsLong = true;
  if (row.walkIn) shown.walkIn = true;
  if (row.sessionId) shown.sessionId = row.sessionId;
  if (row.seriesId && row.seriesNo) {
    shown.seriesId = row.seriesId;
    shown.seriesNo = row.seriesNo;
  }
  return shown;
}

type Resource = {
  resourceId: string;
  kind: DayResource['kind'];
  name: string;
  siteId: string | null;
  capacity: number;
  active: boolean;
};
type ColumnsAsked = {
  facts: { resources: Resource[]; weekly: { resourceId: string; siteId: string }[] };
  hours: Hours;
  rows: { physicianId: string; resourceIds: string[] }[];
  siteId?: string | undefined;
};

/** The columns: what is in use or has a visit that day; at one site, what stands or works there. */
export function listColumns({ facts, hours, rows, siteId }: ColumnsAsked): DayResource[] {
  const visited = new Set(rows.flatMap((row) => [row.physicianId, ...(row.resourceIds ?? [])]));
  const belongs = (one: Resource, working: DayResource['working']) => {
    if (visited.has(one.resourceId)) return true;
    if (!one.active) return false;
    if (!siteId || working.length > 0) return true;
    if (one.siteId) return one.siteId === siteId;
    // Away today, yet one of this site's people: the empty column says so
    const isElsewhere = hours.available.some((other) => other.resourceId === one.resourceId);
    return (
      !isElsewhere && facts.weekly.some((row) => row.resourceId === one.resourceId && row.siteId === siteId)
    );
  };
  return facts.resources.flatMap((one) => {
    const working = hours.available
      .filter((other) => other.resourceId === one.resourceId && (!siteId || other.siteId === siteId))
      .map((other) => ({
        siteId: other.siteId,
        startsAt: new Date(other.startMs).toISOString(),
        endsAt: new Date(other.endMs).toISOString(),
      }));
    if (!belongs(one, working)) return [];
    const coded = hours.coded
      .filter((other) => other.resourceId === one.resourceId && (!siteId || other.siteId === siteId))
      .map((other) => ({
        siteId: other.siteId,
        startsAt: new Date(other.startMs).toISOString(),
        endsAt: new Date(other.endMs).toISOString(),
        slotCodeId: other.slotCodeId,
      }));
    const away = hours.absences.find((other) => other.resourceId === one.resourceId)?.text;
    const { resourceId, kind, name, capacity } = one;
    return [
      {
        ...{ resourceId, kind, name, capacity, working },
        ...(one.siteId ? { siteId: one.siteId } : {}),
        ...(coded.length > 0 ? { coded } : {}),
        ...(away ? { away } : {}),
      },
    ];
  });
}

/** What someone wrote at a one-off opening, or at a whole day away: "Dr. Lee away: conference". */
export function listNotes(
  { exceptions }: { exceptions: HoursException[] },
  resources: { resourceId: string; name: string }[],
): string[] {
  return exceptions.flatMap((one) => {
    const name = resources.find((other) => other.resourceId === one.resourceId)?.name;
    // Blocked time stands on the grid itself, with what for
    const isBlock = one.kind === 'closing' && one.startsLocal !== null;
    if (!name || isBlock || !one.note.trim()) return [];
    const label = (time: string) => minutesLabel(minutesOf(time));
    const when =
      one.startsLocal && one.endsLocal ? ` ${label(one.startsLocal)} to ${label(one.endsLocal)}` : '';
    return [`${name} ${one.kind === 'closing' ? 'away' : 'also here'}${when}: ${one.note.trim()}`];
  });
}

/** Blocked time of the day, by resource and start. */
export function listBlocks({ exceptions }: { exceptions: HoursException[] }, date: string): Block[] {
  return exceptions.flatMap(({ kind, onDate, startsLocal, endsLocal, ...one }) => {
    if (kind !== 'closing' || onDate !== date || !startsLocal || !endsLocal || !one.exceptionId) return [];
    const { exceptionId: blockId, version = 1, resourceId, note } = one;
    return [{ blockId, version, resourceId, onDate, startsLocal, endsLocal, reason: note }];
  });
}

/** The visits of a day with whose pinboard they are on. */
export function withPins(visits: DayVisit[], pins: readonly PinFacts[]): DayVisit[] {
  if (pins.length === 0) return visits;
  const byVisit = new Map(pins.map((pin) => [pin.visitId, pin]));
  return visits.map((visit) => {
    const pin = byVisit.get(visit.visitId);
    const standing = { ...visit, physicianId: visit.resourceIds[0] ?? '' };
    return pin && isPinned(pin, standing) ? { ...visit, pinnedBy: pin.byName || 'a colleague' } : visit;
  });
}

const over = new Set(['cancelled', 'no_show', 'entered_in_error']);

export function countDay(visits: DayVisit[], resources: DayResource[], nowMs: number): Day['counts'] {
  const count = (is: (visit: DayVisit) => boolean) => visits.filter(is).length;
  return {
    visits: count((one) => !over.has(one.state)),
    openMinutes: openMinutes(visits, resources, nowMs),
    waiting: count((one) => one.state === 'arrived'),
    waitingLong: count((one) => one.waitsLong === true),
    unconfirmed: count((one) => one.state === 'booked' && !one.confirmed),
    checkedOut: count((one) => one.state === 'checked_out'),
    noShows: count((one) => one.state === 'no_show'),
    cancelled: count((one) => one.state === 'cancelled'),
  };
}

/** Minutes of the physicians' hours that nobody has taken, from now on. */
function openMinutes(visits: DayVisit[], resources: DayResource[], nowMs: number): number {
  const taken = new Map<string, { startMs: number; endMs: number }[]>();
  for (const { resourceIds, state, startsAt, endsAt } of visits) {
    const [physicianId = ''] = resourceIds;
    if (over.has(state)) continue;
    const stretch = { startMs: Date.parse(startsAt), endMs: Date.parse(endsAt) };
    taken.set(physicianId, [...(taken.get(physicianId) ?? []), stretch]);
  }
  let openMs = 0;
  for (const { resourceId, kind, working } of resources) {
    if (kind !== 'physician') continue;
    const busy = mergePairs([...(taken.get(resourceId) ?? []), { startMs: 0, endMs: nowMs }]);
    const hours: Intervals = mergePairs(
      working.map((one) => ({ startMs: Date.parse(one.startsAt), endMs: Date.parse(one.endsAt) })),
    );
    const left = subtract(hours, busy);
    for (let i = 0; i < left.length; i += 2) openMs += (left[i + 1] ?? 0) - (left[i] ?? 0);
  }
  return Math.floor(openMs / minuteMs);
}

/** A session as the grid takes it; its seats are counted from the visits of the day. */
export function shownGroup(session: Session, visits: readonly DayVisit[]): DayGroup {
  const { sessionId, name, visitTypeId, siteId, resourceIds, startsAt, endsAt, capacity } = session;
  const taken = visits.filter((one) => one.sessionId === sessionId && occupies(one.state)).length;
  return { sessionId, name, visitTypeId, siteId, resourceIds, startsAt, endsAt, capacity, taken };
}
