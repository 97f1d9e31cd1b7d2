import type { VisitState } from '../visits/schema.ts';
import type { FlowLimits, FlowSettings } from './schema.ts';

/** Who waits where, since when, and from when on it is too long. Pure; instants are epoch ms. */

const minuteMs = 60_000;
/** Later than this after the start, someone came late. */
export const cameLateMinutes = 5;

/** What a practice has that never set anything else. */
export const usualSettings: FlowSettings = {
  waitingMinutes: 15,
  inRoomMinutes: 20,
  withPhysicianMinutes: null,
  holdMinutes: 5,
  noticeHours: 24,
  version: 0,
};

export type FlowVisit = {
  state: VisitState;
  startsAt: string;
  arrivedAt?: string | null | undefined;
  inRoomAt?: string | null | undefined;
  withPhysicianAt?: string | null | undefined;
  checkedOutAt?: string | null | undefined;
};

const begun: Partial<Record<VisitState, 'arrivedAt' | 'inRoomAt' | 'withPhysicianAt' | 'checkedOutAt'>> = {
  arrived: 'arrivedAt',
  in_room: 'inRoomAt',
  with_physician: 'withPhysicianAt',
  checked_out: 'checkedOutAt',
};

/** When the present state began, by the step that led to it; null for who is not here. */
export function stateSinceMs(visit: FlowVisit): number | null {
  const field = begun[visit.state];
  const at = field && visit[field];
  return at ? Date.parse(at) : null;
}

/** Full minutes in the present state. */
export function minutesInState(visit: FlowVisit, nowMs: number): number | null {
  const since = stateSinceMs(visit);
  return since === null ? null : Math.max(0, Math.floor((nowMs - since) / minuteMs));
}

const limitOf: Partial<Record<VisitState, keyof FlowLimits>> = {
  arrived: 'waitingMinutes',
  in_room: 'inRoomMinutes',
  with_physician: 'withPhysicianMinutes',
};

/** From when the wait counts: who comes, or is roomed, before the time of the visit does not wait yet. */
export function waitSinceMs(visit: FlowVisit): number | null {
  const since = stateSinceMs(visit);
  if (since === null || !limitOf[visit.state]) return null;
  return Math.max(since, Date.parse(visit.startsAt));
}

/** The minutes allowed in the present state; null where there is no limit. */
export function limitMinutes(visit: FlowVisit, limits: FlowLimits): number | null {
  const name = limitOf[visit.state];
  return name ? limits[name] : null;
}

/** The wait is too long with the first full minute over the limit; null where it never is. */
export function overWaitAtMs(visit: FlowVisit, limits: FlowLimits): number | null {
  const since = waitSinceMs(visit);
  const limit = limitMinutes(visit, limits);
  return since === null || limit === null ? null : since + (limit + 1) * minuteMs;
}

export function isOverWait(visit: FlowVisit, limits: FlowLimits, nowMs: number): boolean {
  const over = overWaitAtMs(visit, limits);
  return over !== null && over <= nowMs;
}

/** Minutes by which someone who is not here yet is late, or by which they came late; 0: not late. */
export function minutesLate(visit: FlowVisit, nowMs: number): number {
  const came = visit.arrivedAt ? Date.parse(visit.arrivedAt) : nowMs;
  if (!visit.arrivedAt && visit.state !== 'booked') return 0;
  const late = Math.floor((came - Date.parse(visit.startsAt)) / minuteMs);
  return late >= cameLateMinutes ? late : 0;
}

export const lanes = ['booked', 'arrived', 'in_room', 'with_physician', 'checked_out'] as const;
export type LaneState = (typeof lanes)[number];

/** The lanes of the board: who is expected by time, who is here by how long, who left with the last first. */
export function flowLanes<V extends FlowVisit>(visits: readonly V[]): Record<LaneState, V[]> {
  const of = (state: LaneState) => visits.filter((one) => one.state === state);
  const bySince = (a: V, b: V) => (stateSinceMs(a) ?? 0) - (stateSinceMs(b) ?? 0);
  return {
    booked: of('booked').sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt)),
    arrived: of('arrived').sort(bySince),
    in_room: of('in_room').sort(bySince),
    with_physician: of('with_physician').sort(bySince),
    checked_out: of('checked_out').sort((a, b) => bySince(b, a)),
  };
}

/** "Smith, Jo" is "J. S.": enough for who is called, too little for who looks on. */
export function initialsOf(patient: string): string {
  const [family = '', given = ''] = patient.split(', ');
  const letters = [given, family].map((name) => [...name.trim()][0]?.toUpperCase());
  return letters
    .filter(Boolean)
    .map((letter) => `${letter}.`)
    .join(' ');
}
