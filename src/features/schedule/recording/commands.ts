import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { findVisit, type LockedVisit, lockVisit, type VisitImage } from '../visits/queries.ts';
import { occupies } from '../visits/rules.ts';
import type { Visit, VisitStep } from '../visits/schema.ts';

/** Open a visit for change: locked, and refused when someone else changed it since it was shown. */
export async function openVisit(tx: Tx, visitId: string, version: number): Promise<LockedVisit> {
  const visit = await lockVisit(tx.db, visitId);
  if (!visit) throw notFound('visit');
  if (visit.version === version) return visit;
  const { lastStep: _step, lastStepNo: _no, ...current } = visit;
  throw stale('visit', current);
}

export function imageOf(visit: Visit): VisitImage {
  const { state, siteId, physicianId, startsAt, endsAt, overrideReason, reason, note } = visit;
  const { confirmedAt, arrivedAt, inRoomAt, withPhysicianAt, checkedOutAt } = visit;
  const { cancelledAt, cancelReason, cancelText } = visit;
  const resources = visit.resources.map(({ resourceId, lane, startsAt, endsAt }) => ({
    resourceId,
    lane,
    startsAt,
    endsAt,
  }));
  return {
    ...{ state, siteId, physicianId, startsAt, endsAt, overrideReason, reason, note, resources },
    ...{ confirmedAt, arrivedAt, inRoomAt, withPhysicianAt, checkedOutAt },
    ...{ cancelledAt, cancelReason, cancelText },
  };
}

type Step = {
  visit: LockedVisit;
  step: VisitStep;
  change: Partial<VisitImage>;
  detail?: Record<string, unknown>;
  reason?: string | undefined;
};

/**
 * Change a visit by one step: its columns, what it occupies, the step with what it changed as it was before, the
 * audit, and what the desks are told.
 */
export async function recordStep(tx: Tx, { visit, step, change, detail = {}, reason }: Step): Promise<Visit> {
  const before = imageOf(visit);
  const after = { ...before, ...change };
  const told = tx.actor.patientId ? { ...detail, by: 'patient' } : detail;
  await writeVisit(tx, visit.visitId, after);
  await sql`
    insert into visit_steps (practice_id, visit_id, step_no, step, at, by_staff_id, detail, before)
    values (${tx.practiceId}, ${visit.visitId}, ${visit.lastStepNo + 1}, ${step}, ${tx.now}, ${tx.actor.staffId},
      ${JSON.stringify(told)}::jsonb, ${JSON.stringify(differences(before, after).before)}::jsonb)`.execute(
    tx.db,
  );
  return tellStep(tx, { visit, action: `visit.${step.replaceAll('_', '-')}`, before, after, reason });
}

/** Put a visit back to the image before its last step, and mark that step as undone. */
export async function recordUndo(tx: Tx, visit: LockedVisit, after: VisitImage): Promise<Visit> {
  await writeVisit(tx, visit.visitId, after);
  await sql`
    update visit_steps set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}
    where visit_id = ${visit.visitId} and step_no = ${visit.lastStep.stepNo}`.execute(tx.db);
  return tellStep(tx, { visit, action: 'visit.undone', before: imageOf(visit), after });
}

type Told = {
  visit: Visit;
  action: string;
  before: VisitImage;
  after: VisitImage;
  reason?: string | undefined;
};

async function tellStep(tx: Tx, { visit, action, before, after, reason }: Told): Promise<Visit> {
  const subject = { subjectKind: 'visit', subjectIds: [visit.visitId] };
  tx.audit({ action, ...subject, ...differences(before, after), ...(reason ? { reason } : {}) });
  const dates = [before.startsAt, after.startsAt].map((at) => localDate(Date.parse(at), visit.timeZone));
  tx.touch('visits', ...new Set(dates), visit.visitId);
  const changed = await findVisit(tx.db, visit.visitId);
  if (!changed) throw new Error('A visit that was just written is there.');
  return changed;
}

/** Only what changed: the chain keeps every record for good. */
export function differences(before: VisitImage, after: VisitImage) {
  const fields = new Map(Object.entries(after));
  const changed = Object.entries(before).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(fields.get(key)),
  );
  return {
    before: Object.fromEntries(changed),
    after: Object.fromEntries(changed.map(([key]) => [key, fields.get(key)])),
  };
}

async function writeVisit(tx: Tx, visitId: string, after: VisitImage): Promise<void> {
  const ids = after.resources.map((one) => one.resourceId);
  await sql`
    with left_behind as (
      delete from visit_resources where visit_id = ${visitId} and resource_id <> all(${ids}::uuid[])
    ), occupied as (
      insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at, released)
      select ${tx.practiceId}, ${visitId}, r."resourceId", r.lane, r."startsAt", r."endsAt",
        ${!occupies(after.state)}::boolean
      from jsonb_to_recordset(${JSON.stringify(after.resources)}::jsonb)
        as r("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)
      on conflict (practice_id, visit_id, resource_id) do update set lane = excluded.lane,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, released = excluded.released
      where (visit_resources.lane, visit_resources.starts_at, visit_resources.ends_at, visit_resources.released)
        is distinct from (excluded.lane, excluded.starts_at, excluded.ends_at, excluded.released)
    )
    update visits set version = version + 1, state = ${after.state}, site_id = ${after.siteId},
      physician_id = ${after.physicianId}, starts_at = ${after.startsAt}, ends_at = ${after.endsAt},
      confirmed_at = ${after.confirmedAt}, arrived_at = ${after.arrivedAt}, in_room_at = ${after.inRoomAt},
      with_physician_at = ${after.withPhysicianAt}, checked_out_at = ${after.checkedOutAt},
      cancelled_at = ${after.cancelledAt}, cancel_reason = ${after.cancelReason},
      cancel_text = ${after.cancelText}, override_reason = ${after.overrideReason}, reason = ${after.reason},
      note = ${after.note}
    where visit_id = ${visitId}`.execute(tx.db);
}
