import { sql } from 'kysely';
import type { Actor, Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { type VisitEventKind, visitEvent } from '../events.ts';
import { askedByOf, noticeOf, usualNoticeHours } from '../notice/rules.ts';
import { differences } from '../recording/commands.ts';
import type { VisitImage } from '../visits/queries.ts';
import { occupies } from '../visits/rules.ts';
import type { CancelReason } from '../visits/schema.ts';

/**
 * Visits with their whole course, written many at a time: what booking them and taking each step leaves behind,
 * to the last column (a test compares the two). Nothing is locked and nothing is asked: for a practice that is
 * being made, whose plan has no clashes; the exclusion constraint holds all the same
 * (docs/decisions/0012-load-data.md).
 */

type Step =
  | 'confirmed'
  | 'arrived'
  | 'in_room'
  | 'with_physician'
  | 'checked_out'
  | 'cancelled'
  | 'no_show'
  | 'let_go';

export type LoadedStep = {
  step: Step;
  at: Date;
  actor: Actor;
  cancelReason?: CancelReason;
  /** of letting go */
  reason?: string;
};

export type LoadedVisit = {
  patientId: string;
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  startsAt: string;
  endsAt: string;
  reason: string;
  /** physician, rooms, devices; lane 0, buffers included */
  resources: VisitImage['resources'];
  /** the name of its first room */
  room: string;
  booked: { at: Date; actor: Actor };
  steps: readonly LoadedStep[];
};

type StepRow = {
  visitId: string;
  stepNo: number;
  step: Step;
  at: Date;
  by: string | null;
  detail: Record<string, unknown>;
  before: Partial<VisitImage>;
};

type Told = { visitId: string; image: VisitImage; steps: StepRow[] };

/** @param eventsSince older events would have been handled and swept out by now */
export async function loadVisits(tx: Tx, visits: readonly LoadedVisit[], eventsSince: Date): Promise<void> {
  const told = visits.map((visit) => ({ ...tell(tx, visit, eventsSince), visit }));
  tx.send(insertVisits(tx, told));
  tx.send(insertResources(tx, told));
  tx.send(
    insertSteps(
      tx,
      told.flatMap((one) => one.steps),
    ),
  );
  tx.touch('visits');
}

/** The course of a visit from its booking on; its audit and events are said on the way. */
function tell(tx: Tx, visit: LoadedVisit, eventsSince: Date): Told {
  const visitId = newId();
  const { patientId, visitTypeId } = visit;
  const subject = { subjectKind: 'visit', subjectIds: [visitId] };
  const emit = (at: Date, kind: VisitEventKind, now: VisitImage) => {
    if (at < eventsSince) return;
    tx.emit(visitEvent(kind, { ...visit, ...now, visitId }, { reason: now.cancelReason }));
  };
  let image = bookedImage(visit);
  tx.now = visit.booked.at;
  tx.actor = visit.booked.actor;
  tx.audit({ action: 'visit.booked', ...subject, after: { patientId, visitTypeId, ...image } });
  emit(tx.now, 'visit.booked.v1', image);
  const steps: StepRow[] = [];
  for (const taken of visit.steps) {
    const before = image;
    image = { ...before, ...changeBy(taken, before) };
    tx.now = taken.at;
    tx.actor = taken.actor;
    const { step, at, cancelReason, reason } = taken;
    const stepNo = steps.length + 2;
    const changed = differences(before, image);
    const detail = detailOf(taken, visit);
    steps.push({ visitId, stepNo, step, at, by: tx.actor.staffId, detail, before: changed.before });
    const said = cancelReason ?? reason;
    const why = said ? { reason: said } : {};
    const action = `visit.${step.replaceAll('_', '-')}`;
    tx.audit({ action, ...subject, ...changed, ...why });
    const kind = eventOf[step];
    if (kind) emit(at, kind, image);
  }
  return { visitId, image, steps };
}

function bookedImage({ siteId, physicianId, startsAt, endsAt, reason, resources }: LoadedVisit): VisitImage {
  return {
    ...{ state: 'booked', siteId, physicianId, startsAt, endsAt, overrideReason: null, reason, note: '' },
    ...{ confirmedAt: null, arrivedAt: null, inRoomAt: null, withPhysicianAt: null, checkedOutAt: null },
    ...{ cancelledAt: null, cancelReason: null, cancelText: '', resources },
  };
}

/** As steps/commands.ts changes a visit. */
function changeBy({ step, at, cancelReason }: LoadedStep, { arrivedAt }: VisitImage): Partial<VisitImage> {
  const iso = at.toISOString();
  switch (step) {
    case 'confirmed':
      return { confirmedAt: iso };
    case 'arrived':
      return { state: step, arrivedAt: iso };
    case 'in_room':
      return { state: step, arrivedAt: arrivedAt ?? iso, inRoomAt: iso };
    case 'with_physician':
      return { state: step, arrivedAt: arrivedAt ?? iso, withPhysicianAt: iso };
    case 'checked_out':
      return { state: step, checkedOutAt: iso };
    case 'no_show':
      return { state: step, cancelledAt: iso };
    case 'cancelled':
      return { state: step, cancelledAt: iso, cancelReason: cancelReason ?? null, cancelText: '' };
    case 'let_go':
      return {};
  }
}

function detailOf(
  { step, at, cancelReason, reason }: LoadedStep,
  { room, startsAt }: LoadedVisit,
): Record<string, unknown> {
  if (step === 'in_room') return { room };
  if (step === 'let_go') return { reason };
  if (step !== 'cancelled' || !cancelReason) return {};
  const askedBy = askedByOf(cancelReason);
  const when = { startsAtMs: Date.parse(startsAt), atMs: at.getTime(), noticeHours: usualNoticeHours };
  return { reason: cancelReason, text: '', ...noticeOf({ askedBy, ...when }) };
}

const eventOf: Partial<Record<Step, VisitEventKind>> = {
  checked_out: 'visit.completed.v1',
  cancelled: 'visit.cancelled.v1',
  no_show: 'visit.no-show.v1',
};

type Loaded = Told & { visit: LoadedVisit };

async function insertVisits(tx: Tx, told: readonly Loaded[]): Promise<void> {
  const rows = told.map(({ visitId, image, steps, visit }) => {
    const { patientId, visitTypeId, booked } = visit;
    const { resources: _resources, ...columns } = image;
    const made = { createdAt: booked.at, createdBy: booked.actor.staffId, version: steps.length + 1 };
    return { visitId, patientId, visitTypeId, ...columns, ...made };
  });
  await sql`
    insert into visits (practice_id, visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at,
      ends_at, state, confirmed_at, arrived_at, in_room_at, with_physician_at, checked_out_at, cancelled_at,
      cancel_reason, cancel_text, reason, note, version, created_at, created_by)
    select ${tx.practiceId}, r."visitId", r."patientId", r."visitTypeId", r."siteId", r."physicianId",
      r."startsAt", r."endsAt", r.state, r."confirmedAt", r."arrivedAt", r."inRoomAt", r."withPhysicianAt",
      r."checkedOutAt", r."cancelledAt", r."cancelReason", r."cancelText", r.reason, r.note, r.version,
      r."createdAt", r."createdBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("visitId" uuid, "patientId" uuid,
      "visitTypeId" uuid, "siteId" uuid, "physicianId" uuid, "startsAt" timestamptz, "endsAt" timestamptz,
      state text, "confirmedAt" timestamptz, "arrivedAt" timestamptz, "inRoomAt" timestamptz,
      "withPhysicianAt" timestamptz, "checkedOutAt" timestamptz, "cancelledAt" timestamptz, "cancelReason" text,
      "cancelText" text, reason text, note text, version int, "createdAt" timestamptz, "createdBy" uuid)`.execute(
    tx.db,
  );
}

async function insertResources(tx: Tx, told: readonly Loaded[]): Promise<void> {
  const rows = told.flatMap(({ visitId, image }) =>
    image.resources.map((one) => ({ visitId, ...one, released: !occupies(image.state) })),
  );
  // In the order of booking, as an office writes them: the key's index fills from one end.
  await sql`
    insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at, released)
    select ${tx.practiceId}, r."visitId", r."resourceId", r.lane, r."startsAt", r."endsAt", r.released
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("visitId" uuid, "resourceId" uuid, lane int,
      "startsAt" timestamptz, "endsAt" timestamptz, released boolean)
    order by r."visitId", r."resourceId"`.execute(tx.db);
}

async function insertSteps(tx: Tx, rows: readonly StepRow[]): Promise<void> {
  await sql`
    insert into visit_steps (practice_id, visit_id, step_no, step, at, by_staff_id, detail, before)
    select ${tx.practiceId}, r."visitId", r."stepNo", r.step, r.at, r.by, r.detail, r.before
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("visitId" uuid, "stepNo" int, step text,
      at timestamptz, by uuid, detail jsonb, before jsonb)`.execute(tx.db);
}
