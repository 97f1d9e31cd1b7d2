import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { visitEvent } from '../events.ts';
import { noticeFor } from '../notice/commands.ts';
import { type Placed, place } from '../placing/commands.ts';
import { imageOf, openVisit, recordStep } from '../recording/commands.ts';
import { whyNotChange } from './rules.ts';
import type { BookVisit, EditVisit, MoveVisit, Visit } from './schema.ts';

/** What a visit is part of from its booking on. */
export type Origin = { series?: { seriesId: string; placeNo: number }; walkIn?: boolean };

/** Book a visit on everything that it needs, all or nothing. */
export async function bookVisit(tx: Tx, input: BookVisit, origin: Origin = {}): Promise<Visit> {
  const placed = await place(tx, input);
  const visit = newVisit(input, placed, origin);
  recordBooking(tx, visit, placed.overruled);
  if (input.holdId) {
    tx.touch('holds', localDate(Date.parse(visit.startsAt), visit.timeZone), input.holdId);
  }
  return visit;
}

/** A visit that has its place is written, told and audited. */
export function recordBooking(tx: Tx, visit: Visit, overruled: Placed['overruled'] = []): void {
  tx.send(insertVisit(tx, visit));
  tx.audit({
    action: 'visit.booked',
    subjectKind: 'visit',
    subjectIds: [visit.visitId],
    ...(visit.overrideReason ? { reason: visit.overrideReason } : {}),
    after: {
      ...{ patientId: visit.patientId, visitTypeId: visit.visitTypeId, ...imageOf(visit) },
      ...(overruled.length > 0 ? { overruled } : {}),
    },
  });
  tx.emit(visitEvent('visit.booked.v1', visit));
  const date = localDate(Date.parse(visit.startsAt), visit.timeZone);
  tx.touch('visits', date, visit.visitId);
}

function newVisit(input: BookVisit, placed: Placed, { series, walkIn }: Origin): Visit {
  return {
    visitId: newId(),
    version: 1,
    state: 'booked',
    ...placed.patient,
    visitTypeId: placed.type.visitTypeId,
    visitTypeName: placed.type.name,
    siteId: placed.site.id,
    siteName: placed.site.name,
    timeZone: placed.site.timeZone,
    physicianId: input.physicianId,
    physicianName: placed.physicianName,
    startsAt: placed.startsAt,
    endsAt: placed.endsAt,
    minutes: placed.minutes,
    resources: placed.resources,
    overbooked: placed.overbooked,
    confirmedAt: null,
    arrivedAt: null,
    inRoomAt: null,
    withPhysicianAt: null,
    checkedOutAt: null,
    cancelledAt: null,
    cancelReason: null,
    cancelText: '',
    overrideReason: placed.overrideReason,
    reason: input.reason,
    note: input.note,
    walkIn: walkIn ?? false,
    seriesId: series?.seriesId ?? null,
    seriesNo: series?.placeNo ?? null,
    sessionId: null,
    seatNo: null,
  };
}

async function insertVisit(tx: Tx, visit: Visit): Promise<void> {
  await sql`
    with visit as (
      insert into visits (practice_id, visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at,
        ends_at, state, override_reason, reason, note, created_at, created_by, walk_in, series_id,
        series_no, session_id, seat_no, by_patient)
      values (${tx.practiceId}, ${visit.visitId}, ${visit.patientId}, ${visit.visitTypeId}, ${visit.siteId},
        ${visit.physicianId}, ${visit.startsAt}, ${visit.endsAt}, 'booked', ${visit.overrideReason},
        ${visit.reason}, ${visit.note}, ${tx.now}, ${tx.actor.staffId},
        ${visit.walkIn}, ${visit.seriesId}, ${visit.seriesNo}, ${visit.sessionId},
        ${visit.seatNo}, ${tx.actor.patientId !== undefined})
    )
    insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at)
    select ${tx.practiceId}, ${visit.visitId}, r."resourceId", r.lane, r."startsAt", r."endsAt"
    from jsonb_to_recordset(${JSON.stringify(visit.resources)}::jsonb)
      as r("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)`.execute(tx.db);
}

/** What the history of a visit says of a step that was taken on several at once. */
export type Along = { withSeries?: 'one' | 'following' | 'all'; withGroup?: string };

/** Move a visit to another time, physician, room or site, or change its length; refused as a booking is. */
export async function moveVisit(
  tx: Tx,
  visitId: string,
  input: MoveVisit,
  along: Along = {},
): Promise<Visit> {
  const visit = await openVisit(tx, visitId, input.version);
  const { startsAt, minutes, siteId, physicianId, resourceIds } = input;
  if ([startsAt, minutes, siteId, physicianId, resourceIds].every((part) => part === undefined))
    throw new Refusal('bad-input', 'Say what changes: the time, the length, the physician or the room.');
  const why = whyNotChange(visit.state);
  if (why) throw new Refusal('conflict', why);
  if (visit.sessionId) throw new Refusal('conflict', movesWithGroup);
  const placed = await place(tx, {
    patientId: visit.patientId,
    visitTypeId: visit.visitTypeId,
    siteId: siteId ?? visit.siteId,
    physicianId: physicianId ?? visit.physicianId,
    resourceIds: resourceIds ?? [],
    preferIds: othersOf(visit),
    startsAt: startsAt ?? visit.startsAt,
    // Also with another physician: the length was told to the patient
    minutes: minutes ?? visit.minutes,
    overrideReason: input.overrideReason,
    ignoreVisitId: visitId,
    holdId: input.holdId,
  });
  if (input.holdId) tx.touch('holds', localDate(Date.parse(placed.startsAt), placed.site.timeZone));
  const moved = await recordStep(tx, {
    visit,
    step: 'moved',
    change: {
      siteId: placed.site.id,
      physicianId: physicianId ?? visit.physicianId,
      startsAt: placed.startsAt,
      endsAt: placed.endsAt,
      resources: placed.resources.map(({ resourceId, lane, startsAt, endsAt }) => ({
        resourceId,
        lane,
        startsAt,
        endsAt,
      })),
      overrideReason: placed.overrideReason,
      // Who confirmed another time has not confirmed this one
      ...(placed.startsAt === visit.startsAt ? {} : { confirmedAt: null }),
    },
    detail: { ...moveDetail(visit, placed), ...along, ...(await noticeFor(tx, visit, input.askedBy)) },
    reason: placed.overrideReason ?? undefined,
  });
  const from = { fromStartsAt: visit.startsAt, fromPhysicianId: visit.physicianId };
  tx.emit(visitEvent('visit.moved.v1', moved, from));
  return moved;
}

const movesWithGroup =
  'This visit is a place in a group and is held when the group is. Cancel it, and book another session.';

/** Rooms and devices; the physician stands in a column of its own. */
function othersOf(visit: Visit): string[] {
  return visit.resources.filter((one) => one.kind !== 'physician').map((one) => one.resourceId);
}

function moveDetail(visit: Visit, placed: Placed) {
  const { overrideReason, overruled } = placed;
  return {
    ...(overrideReason ? { overrideReason, overruled } : {}),
    from: {
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      physicianName: visit.physicianName,
      siteName: visit.siteName,
      names: visit.resources.map((one) => one.name),
    },
    to: {
      startsAt: placed.startsAt,
      endsAt: placed.endsAt,
      physicianName: placed.physicianName,
      siteName: placed.site.name,
      names: placed.resources.map((one) => one.name),
    },
  };
}

/** Change what the visit is for, or its note. */
export async function editVisit(tx: Tx, visitId: string, input: EditVisit): Promise<Visit> {
  const visit = await openVisit(tx, visitId, input.version);
  const change = { reason: input.reason ?? visit.reason, note: input.note ?? visit.note };
  if (change.reason === visit.reason && change.note === visit.note) return visit;
  const fields = [
    ...(change.reason === visit.reason ? [] : ['reason']),
    ...(change.note === visit.note ? [] : ['note']),
  ];
  return recordStep(tx, { visit, step: 'edited', change, detail: { fields } });
}
