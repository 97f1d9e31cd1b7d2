import { call } from '../../../platform/web/call.ts';
import type { DayVisit } from '../day/schema.ts';
import {
  arriveVisit,
  cancelVisit,
  checkOutVisit,
  confirmVisit,
  leftVisit,
  moveVisit,
  noShowVisit,
  reinstateVisit,
  roomVisit,
  undoVisit,
  visitInError,
  withPhysicianVisit,
} from '../visits/api.ts';
import { type CancelReason, cancelReasonLabels, type MoveVisit, type Visit } from '../visits/schema.ts';
import { minutesOfVisit, type StepKey, stepWords } from './visit-words.ts';

/** One thing that is done to a visit: how it looks at once, how it is sent, and what is said about it. */
export type VisitWrite = {
  visit: DayVisit;
  after: DayVisit;
  send(version: number): Promise<{ visit: Visit }>;
  said: string;
  mayUndo?: boolean;
  /** It takes the visit from its time: where that is at short notice, the note asks who wanted it. */
  moves?: boolean;
};

/** Changes made under one key are one intent: a retry of the same call does it once. */
const to = (visit: DayVisit) => ({ id: visit.visitId });

export function stepWrite(visit: DayVisit, step: StepKey, now: string): VisitWrite {
  const params = to(visit);
  const after: Record<StepKey, DayVisit> = {
    arrive: { ...visit, state: 'arrived', arrivedAt: now },
    room: { ...visit, state: 'in_room', inRoomAt: now },
    'with-physician': { ...visit, state: 'with_physician', withPhysicianAt: now },
    'check-out': { ...visit, state: 'checked_out', checkedOutAt: now },
  };
  const endpoints = {
    arrive: arriveVisit,
    room: roomVisit,
    'with-physician': withPhysicianVisit,
    'check-out': checkOutVisit,
  };
  return {
    visit,
    after: after[step],
    send: (version) => call(endpoints[step], { params, body: { version } }),
    said: `${stepWords[step].done}: ${visit.patient}.`,
  };
}

export function confirmWrite(visit: DayVisit, confirmed: boolean): VisitWrite {
  return {
    visit,
    after: { ...visit, confirmed: confirmed ? true : undefined },
    send: (version) => call(confirmVisit, { params: to(visit), body: { version, confirmed } }),
    said: confirmed ? `Confirmed: ${visit.patient}.` : `Not confirmed any more: ${visit.patient}.`,
  };
}

export function noShowWrite(visit: DayVisit): VisitWrite {
  return {
    visit,
    after: { ...visit, state: 'no_show' },
    send: (version) => call(noShowVisit, { params: to(visit), body: { version } }),
    said: `No-show: ${visit.patient}.`,
  };
}

/** Came, waited, and left without being seen. */
export function leftWrite(visit: DayVisit): VisitWrite {
  return {
    visit,
    after: { ...visit, state: 'cancelled', cancelReason: 'left-unseen' },
    send: (version) => call(leftVisit, { params: to(visit), body: { version } }),
    said: `Left without being seen: ${visit.patient}.`,
  };
}

export function cancelWrite(visit: DayVisit, reason: CancelReason, text: string): VisitWrite {
  return {
    visit,
    after: { ...visit, state: 'cancelled', cancelReason: reason },
    send: (version) => call(cancelVisit, { params: to(visit), body: { version, reason, text } }),
    said: `Cancelled (${cancelReasonLabels[reason].toLowerCase()}): ${visit.patient}.`,
  };
}

export function reinstateWrite(visit: DayVisit, overrideReason?: string): VisitWrite {
  return {
    visit,
    after: { ...visit, state: 'booked', cancelReason: undefined },
    send: (version) =>
      call(reinstateVisit, {
        params: to(visit),
        body: { version, ...(overrideReason ? { overrideReason } : {}) },
      }),
    said: `Brought back: ${visit.patient}.`,
  };
}

export function errorWrite(visit: DayVisit, reason: string): VisitWrite {
  return {
    visit,
    after: { ...visit, state: 'entered_in_error' },
    send: (version) => call(visitInError, { params: to(visit), body: { version, reason } }),
    said: 'Marked as entered in error.',
  };
}

export function undoWrite(visit: DayVisit, back: DayVisit = visit): VisitWrite {
  return {
    visit,
    after: back,
    send: (version) => call(undoVisit, { params: to(visit), body: { version } }),
    said: `Undone: ${visit.patient}.`,
    mayUndo: false,
  };
}

/** What of a visit changed its place or length, as a move says it. */
export function moveBody(from: DayVisit, after: DayVisit): Omit<MoveVisit, 'version'> {
  const [physicianId, ...others] = after.resourceIds;
  const before = from.resourceIds.slice(1);
  return {
    ...(after.startsAt === from.startsAt ? {} : { startsAt: after.startsAt }),
    ...(minutesOfVisit(after) === minutesOfVisit(from) ? {} : { minutes: minutesOfVisit(after) }),
    ...(physicianId && physicianId !== from.resourceIds[0] ? { physicianId } : {}),
    ...(after.siteId === from.siteId ? {} : { siteId: after.siteId }),
    ...(others.join() === before.join() ? {} : { resourceIds: others }),
  };
}

export function moveWrite(
  from: DayVisit,
  after: DayVisit,
  said: string,
  overrideReason?: string,
): VisitWrite {
  const body = { ...moveBody(from, after), ...(overrideReason ? { overrideReason } : {}) };
  return {
    visit: from,
    after,
    send: (version) => call(moveVisit, { params: to(from), body: { version, ...body } }),
    said,
    moves: from.startsAt !== after.startsAt,
  };
}
