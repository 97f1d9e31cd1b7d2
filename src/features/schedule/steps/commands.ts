import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { visitEvent } from '../events.ts';
import { seatAgain } from '../groups/seats/commands.ts';
import { noticeFor } from '../notice/commands.ts';
import { askedByOf } from '../notice/rules.ts';
import { stepPermissions } from '../permissions.ts';
import { place } from '../placing/commands.ts';
import { imageOf, openVisit, recordStep, recordUndo } from '../recording/commands.ts';
import type { Along } from '../visits/commands.ts';
import type { LockedVisit, VisitImage } from '../visits/queries.ts';
import {
  occupies,
  type StateStep,
  takesTimeAgain,
  undoFacts,
  whyNot,
  whyNotChange,
  whyNotUndo,
} from '../visits/rules.ts';
import type { AskedBy, CancelReason, CancelVisit, Visit } from '../visits/schema.ts';

type Versioned = { version: number };

async function openFor(tx: Tx, visitId: string, step: StateStep, version: number): Promise<LockedVisit> {
  const visit = await openVisit(tx, visitId, version);
  const facts = { state: visit.state, startsAtMs: Date.parse(visit.startsAt), timeZone: visit.timeZone };
  const why = whyNot(facts, step, tx.now.getTime());
  if (why) throw new Refusal('conflict', why);
  return visit;
}

export async function confirmVisit(
  tx: Tx,
  visitId: string,
  input: Versioned & { confirmed: boolean },
): Promise<Visit> {
  const visit = await openVisit(tx, visitId, input.version);
  const why = whyNotChange(visit.state);
  if (why) throw new Refusal('conflict', why);
  if ((visit.confirmedAt !== null) === input.confirmed) return visit;
  return input.confirmed
    ? recordStep(tx, { visit, step: 'confirmed', change: { confirmedAt: tx.now.toISOString() } })
    : recordStep(tx, { visit, step: 'unconfirmed', change: { confirmedAt: null } });
}

export async function arriveVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'arrived', input.version);
  return recordStep(tx, {
    visit,
    step: 'arrived',
    change: { state: 'arrived', arrivedAt: tx.now.toISOString() },
  });
}

type OtherRoom = { resourceId: string; overrideReason?: string | undefined };

/** In a room: the one booked, or another that is free now. */
export async function roomVisit(
  tx: Tx,
  visitId: string,
  input: Versioned & Partial<OtherRoom>,
): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'in_room', input.version);
  const at = tx.now.toISOString();
  const { resourceId, overrideReason } = input;
  const isOther = resourceId && !visit.resources.some((one) => one.resourceId === resourceId);
  const placed = isOther ? await changeRoom(tx, visit, { resourceId, overrideReason }) : undefined;
  return recordStep(tx, {
    visit,
    step: 'in_room',
    change: {
      state: 'in_room',
      arrivedAt: visit.arrivedAt ?? at,
      inRoomAt: at,
      ...(placed ? { resources: placed.resources, overrideReason: placed.overrideReason } : {}),
    },
    detail: { room: roomName(placed?.resources ?? visit.resources, resourceId) },
    reason: placed?.overruled ?? undefined,
  });
}

function roomName(resources: Visit['resources'], resourceId: string | undefined): string {
  const rooms = resources.filter((one) => one.kind === 'room');
  return (rooms.find((one) => one.resourceId === resourceId) ?? rooms[0])?.name ?? '';
}

type OfRoom = Pick<Visit, 'resources' | 'overrideReason'> & { overruled: string | null };

/** The other room takes the place of the first room booked; the rest of the visit stays, and is not looked at. */
async function changeRoom(tx: Tx, visit: LockedVisit, room: OtherRoom): Promise<OfRoom> {
  const placed = await placeAnew(tx, visit, [room.resourceId], room.overrideReason);
  const [other] = placed.resources;
  if (other?.kind !== 'room') throw notFound('room');
  const was = visit.resources.find((one) => one.kind === 'room');
  const resources = [...visit.resources.filter((one) => one !== was), other];
  const overruled = placed.overrideReason;
  return { resources, overruled, overrideReason: overruled ?? visit.overrideReason };
}

/** A place for these alone in a visit that stands at its time; the rest of it is where it is. */
function placeAnew(tx: Tx, visit: Visit, resourceIds: string[], overrideReason?: string) {
  return place(tx, {
    ...visit,
    ...{ resourceIds, stands: true, ignoreVisitId: visit.visitId },
    overrideReason,
  });
}

export async function withPhysicianVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'with_physician', input.version);
  const at = tx.now.toISOString();
  const change = { state: 'with_physician', arrivedAt: visit.arrivedAt ?? at, withPhysicianAt: at } as const;
  return recordStep(tx, { visit, step: 'with_physician', change });
}

export async function checkOutVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'checked_out', input.version);
  const change = { state: 'checked_out', checkedOutAt: tx.now.toISOString() } as const;
  const done = await recordStep(tx, { visit, step: 'checked_out', change });
  tx.emit(visitEvent('visit.completed.v1', done));
  return done;
}

export async function cancelVisit(
  tx: Tx,
  visitId: string,
  input: CancelVisit,
  along: Along = {},
): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'cancelled', input.version);
  return recordCancel(tx, visit, input, along);
}

type Cancel = { reason: CancelReason; text: string; askedBy?: AskedBy | undefined };

export async function recordCancel(
  tx: Tx,
  visit: LockedVisit,
  { reason, text, askedBy = askedByOf(reason) }: Cancel,
  along: Along = {},
): Promise<Visit> {
  const notice = await noticeFor(tx, visit, askedBy);
  const done = await recordStep(tx, {
    visit,
    step: 'cancelled',
    change: {
      state: 'cancelled',
      cancelledAt: tx.now.toISOString(),
      cancelReason: reason,
      cancelText: text,
    },
    detail: { reason, text, ...along, ...notice },
    reason: text ? `${reason}: ${text}` : reason,
  });
  tx.emit(visitEvent('visit.cancelled.v1', done, { reason }));
  return done;
}

/** The patient came, waited, and left without being seen. */
export async function leftVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'left', input.version);
  const cancelReason = 'left-unseen';
  const change = { state: 'cancelled', cancelledAt: tx.now.toISOString(), cancelReason } as const;
  const done = await recordStep(tx, { visit, step: 'left', change, reason: cancelReason });
  tx.emit(visitEvent('visit.cancelled.v1', done, { reason: cancelReason }));
  return done;
}

export async function noShowVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'no_show', input.version);
  const change = { state: 'no_show', cancelledAt: tx.now.toISOString() } as const;
  const done = await recordStep(tx, { visit, step: 'no_show', change });
  tx.emit(visitEvent('visit.no-show.v1', done));
  return done;
}

export async function enterVisitInError(
  tx: Tx,
  visitId: string,
  { version, reason }: Versioned & { reason: string },
): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'entered_in_error', version);
  const change = { state: 'entered_in_error' } as const;
  const done = await recordStep(tx, { visit, step: 'entered_in_error', change, detail: { reason }, reason });
  tx.emit(visitEvent('visit.entered-in-error.v1', done));
  return done;
}

/** Bring back a cancelled or missed visit at its own time, if that can still be. */
export async function reinstateVisit(
  tx: Tx,
  visitId: string,
  input: Versioned & { overrideReason?: string | undefined },
): Promise<Visit> {
  const visit = await openFor(tx, visitId, 'reinstated', input.version);
  const placed = await placeAgain(tx, visit, input.overrideReason);
  const done = await recordStep(tx, {
    visit,
    step: 'reinstated',
    change: {
      state: 'booked',
      cancelledAt: null,
      cancelReason: null,
      cancelText: '',
      // Who left is expected anew
      ...{ arrivedAt: null, inRoomAt: null },
      resources: placed.resources,
      overrideReason: placed.overrideReason ?? visit.overrideReason,
    },
    reason: placed.overrideReason ?? undefined,
  });
  tx.emit(visitEvent('visit.reinstated.v1', done));
  return done;
}

async function placeAgain(tx: Tx, visit: Visit, overrideReason?: string) {
  if (visit.sessionId) {
    await seatAgain(tx, visit, visit.sessionId);
    return { resources: [], overrideReason: null };
  }
  const others = visit.resources.filter((one) => one.kind !== 'physician').map((one) => one.resourceId);
  return place(tx, {
    ...visit,
    resourceIds: [],
    preferIds: others,
    ignoreVisitId: visit.visitId,
    overrideReason: overrideReason ?? visit.overrideReason ?? undefined,
  });
}

/** Take back the last step, while it may be, and only where the time that it gave away is still free. */
export async function undoVisit(tx: Tx, visitId: string, input: Versioned): Promise<Visit> {
  const visit = await openVisit(tx, visitId, input.version);
  const last = visit.lastStep;
  const why = whyNotUndo(undoFacts(visit, last), tx.now.getTime());
  if (why || !last.before) throw new Refusal('conflict', why ?? 'There is nothing to undo.');
  if (!tx.actor.may(stepPermissions[last.step]))
    throw new Refusal('not-permitted', 'Who may not take this step may not undo it either. Ask a colleague.');
  const after = { ...imageOf(visit), ...last.before };
  await requireFree(tx, visit, after);
  const done = await recordUndo(tx, visit, after);
  emitUndone(tx, visit, done);
  return done;
}

/** What of the visit would stand where others may have been booked meanwhile; all of it, or what it left. */
function standingElsewhere(visit: Visit, after: VisitImage): 'all' | string[] {
  if (!occupies(after.state)) return [];
  if (takesTimeAgain(visit.state, after.state)) return 'all';
  // Also on another lane: its own may be taken, and one beside it free
  const key = ({ resourceId, lane, startsAt, endsAt }: VisitImage['resources'][number]) =>
    `${resourceId} ${lane} ${startsAt} ${endsAt}`;
  const now = new Set(visit.resources.map(key));
  const left = after.resources.filter((one) => !now.has(key(one))).map((one) => one.resourceId);
  const sameTime = visit.startsAt === after.startsAt && visit.endsAt === after.endsAt;
  const onlyRooms = sameTime && visit.siteId === after.siteId && !left.includes(after.physicianId);
  return left.length === 0 || onlyRooms ? left : 'all';
}

/** The same checks and locks as a booking; the lanes found replace those of the image. */
async function requireFree(tx: Tx, visit: Visit, after: VisitImage): Promise<void> {
  const left = standingElsewhere(visit, after);
  if (left.length === 0) return;
  if (visit.sessionId) return seatAgain(tx, visit, visit.sessionId);
  if (left !== 'all') {
    const { resources } = await placeAnew(tx, visit, left, after.overrideReason ?? undefined);
    after.resources = [...after.resources.filter((one) => !left.includes(one.resourceId)), ...resources];
    return;
  }
  const ids = after.resources.map((one) => one.resourceId).filter((id) => id !== after.physicianId);
  const placed = await place(tx, {
    patientId: visit.patientId,
    visitTypeId: visit.visitTypeId,
    siteId: after.siteId,
    physicianId: after.physicianId,
    resourceIds: ids,
    exactly: true,
    startsAt: after.startsAt,
    minutes: (Date.parse(after.endsAt) - Date.parse(after.startsAt)) / 60_000,
    ignoreVisitId: visit.visitId,
    overrideReason: after.overrideReason ?? undefined,
  });
  after.resources = placed.resources;
}

/** The features to the right hear what undoing means for them. */
function emitUndone(tx: Tx, before: Visit, after: Visit): void {
  if (after.state === 'cancelled')
    tx.emit(visitEvent('visit.cancelled.v1', after, { reason: after.cancelReason }));
  else if (after.state === 'no_show') tx.emit(visitEvent('visit.no-show.v1', after));
  else if (!occupies(before.state) || before.state === 'checked_out')
    tx.emit(visitEvent('visit.reinstated.v1', after));
  else if (before.startsAt !== after.startsAt || before.physicianId !== after.physicianId)
    tx.emit(visitEvent('visit.moved.v1', after, fromOf(before)));
}

function fromOf({ startsAt, physicianId }: Visit) {
  return { fromStartsAt: startsAt, fromPhysicianId: physicianId };
}
