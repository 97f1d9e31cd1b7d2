import { useSyncExternalStore } from 'react';
import { localDate } from '../../../ui/format.ts';
import type { DayVisit } from '../day/schema.ts';
import type { Visit } from '../visits/schema.ts';

/**
 * Visits as this desk has just changed them, shown over what the server last said until it has said it again: a
 * key is answered at once, and a live refresh in between does not make the change flicker.
 */
let pending: ReadonlyMap<string, DayVisit> = new Map();
const versions = new Map<string, number>();
/** Those that the server has answered: its own list takes over as soon as it has heard of them too. */
const settled = new WeakSet<DayVisit>();
// Long after any refresh has come; until then a list that is on its way may still be the old one.
const settledForMs = 8000;
const watchers = new Set<() => void>();

function change(to: (map: Map<string, DayVisit>) => void): void {
  const map = new Map(pending);
  to(map);
  pending = map;
  for (const watch of watchers) watch();
}

export function showPending(visit: DayVisit): void {
  change((map) => map.set(visit.visitId, visit));
}

/** The server has answered. */
export function settlePending(visit: DayVisit): void {
  settled.add(visit);
  showPending(visit);
  setTimeout(dropPending, settledForMs, visit.visitId, visit);
}

/** Takes the overlay away; with `only`, unless something newer has taken its place. */
export function dropPending(visitId: string, only?: DayVisit): void {
  if (!pending.has(visitId) || (only && pending.get(visitId) !== only)) return;
  change((map) => map.delete(visitId));
}

export function pendingOf(visitId: string): DayVisit | undefined {
  return pending.get(visitId);
}

/** The newest version that this desk has heard of. */
export function versionOf(visit: { visitId: string; version: number }): number {
  return Math.max(versions.get(visit.visitId) ?? 0, visit.version);
}

export function noteVersion(visitId: string, version: number): void {
  versions.set(visitId, version);
}

export function usePendingVisits(): ReadonlyMap<string, DayVisit> {
  return useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => pending,
  );
}

/** The visits of some dates, as they are with what is pending. */
export function withPending(
  visits: readonly DayVisit[],
  map: ReadonlyMap<string, DayVisit>,
  dates: ReadonlySet<string>,
  zone: string,
): DayVisit[] {
  if (map.size === 0) return [...visits];
  const here = new Set(visits.map((visit) => visit.visitId));
  const added = [...map.values()].filter((visit) => !here.has(visit.visitId));
  const newest = (visit: DayVisit): DayVisit => {
    const mine = map.get(visit.visitId);
    return mine && !(settled.has(mine) && visit.version >= mine.version) ? mine : visit;
  };
  return [...visits.map(newest), ...added].filter(
    (visit) => visit.state !== 'entered_in_error' && dates.has(localDate(visit.startsAt, zone)),
  );
}

const or = (instant: string | null): string | undefined => instant ?? undefined;

/** What a write answered, as the grid shows it. `like` knows what the answer leaves out. */
export function asDayVisit(visit: Visit, like?: DayVisit): DayVisit {
  const others = visit.resources.filter((one) => one.kind !== 'physician').map((one) => one.resourceId);
  return {
    visitId: visit.visitId,
    version: visit.version,
    state: visit.state,
    patientId: visit.patientId,
    patient: like?.patient ?? visit.patientName,
    preferred: visit.preferredName || undefined,
    visitTypeId: visit.visitTypeId,
    resourceIds: [visit.physicianId, ...new Set(others)],
    siteId: visit.siteId,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    reason: visit.reason || undefined,
    confirmed: visit.confirmedAt ? true : undefined,
    arrivedAt: or(visit.arrivedAt),
    inRoomAt: or(visit.inRoomAt),
    withPhysicianAt: or(visit.withPhysicianAt),
    checkedOutAt: or(visit.checkedOutAt),
    cancelReason: visit.cancelReason ?? undefined,
    overbooked: visit.overbooked || undefined,
    hasNote: visit.note ? true : undefined,
    noPhone: like?.noPhone,
    noAddress: like?.noAddress,
  };
}
