import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { PatientVisit, Visit, VisitHistoryStep, VisitResource, VisitStep } from './schema.ts';

/** An instant inside JSON, written as the drivers' parsers write it outside. */
function isoText(column: RawBuilder<unknown>) {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const visitColumns = sql`
  v.visit_id, v.version, v.state, v.patient_id,
  p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name,
  p.preferred_name, v.visit_type_id, t.name as visit_type_name, v.site_id, s.name as site_name, s.time_zone,
  v.physician_id, d.name as physician_name, v.starts_at, v.ends_at,
  (extract(epoch from v.ends_at - v.starts_at) / 60)::int as minutes,
  v.confirmed_at, v.arrived_at, v.in_room_at, v.with_physician_at, v.checked_out_at, v.cancelled_at,
  v.cancel_reason, v.cancel_text, v.override_reason, v.reason, v.note, v.walk_in,
  v.series_id, v.series_no, v.session_id, v.seat_no`;

const visitJoins = sql`
  join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
  join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
  join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
  join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id`;

const resourceColumns = sql`
  coalesce((select json_agg(json_build_object('resourceId', r.resource_id, 'kind', r.kind, 'name', r.name,
      'lane', vr.lane, 'startsAt', ${isoText(sql`vr.starts_at`)}, 'endsAt', ${isoText(sql`vr.ends_at`)})
      order by array_position('{physician,room,device}'::text[], r.kind), r.position, r.name, r.resource_id)
    from visit_resources vr
    join resources r on r.practice_id = vr.practice_id and r.resource_id = vr.resource_id
    where vr.practice_id = v.practice_id and vr.visit_id = v.visit_id), '[]') as resources,
  exists (select from visit_resources vr
    where vr.practice_id = v.practice_id and vr.visit_id = v.visit_id and vr.lane >= 100) as overbooked`;

export async function findVisit(db: Db, visitId: string): Promise<Visit | undefined> {
  const { rows } = await sql<Visit>`
    select ${visitColumns}, ${resourceColumns}
    from visits v ${visitJoins} where v.visit_id = ${visitId}`.execute(db);
  return rows[0];
}

/** Several at once, in no order. */
export async function listVisitsById(db: Db, visitIds: readonly string[]): Promise<Visit[]> {
  const { rows } = await sql<Visit>`
    select ${visitColumns}, ${resourceColumns}
    from visits v ${visitJoins} where v.visit_id = any (${[...visitIds]}::uuid[]) limit 2000`.execute(db);
  return rows;
}

/** What steps change of a visit: kept before each of them for undo, and told to the audit. */
export type VisitImage = Pick<
  Visit,
  | 'state'
  | 'siteId'
  | 'physicianId'
  | 'startsAt'
  | 'endsAt'
  | 'confirmedAt'
  | 'arrivedAt'
  | 'inRoomAt'
  | 'withPhysicianAt'
  | 'checkedOutAt'
  | 'cancelledAt'
  | 'cancelReason'
  | 'cancelText'
  | 'overrideReason'
  | 'reason'
  | 'note'
> & { resources: Pick<VisitResource, 'resourceId' | 'lane' | 'startsAt' | 'endsAt'>[] };

/** The last step that stands; `before`: the fields that it changed, null of the first, the booking. */
export type LastStep = { stepNo: number; step: VisitStep; at: string; before: Partial<VisitImage> | null };

export type LockedVisit = Visit & { lastStepNo: number; lastStep: LastStep };

/** The visit, locked until the transaction ends. Lock it before its patient and its resources. */
export async function lockVisit(db: Db, visitId: string): Promise<LockedVisit | undefined> {
  // Locked first and read by a second statement: a row that waited for its lock is as it was when it began
  // to wait in the joined tables, and what another desk just wrote would be missed.
  const locked = await sql`
    select from visits where visit_id = ${visitId} for no key update`.execute(db);
  if (locked.rows.length === 0) return undefined;
  const { rows } = await sql<LockedVisit>`
    select ${visitColumns}, ${resourceColumns},
      coalesce((select max(step_no) from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id), 1) as last_step_no,
      coalesce((select json_build_object('stepNo', x.step_no, 'step', x.step, 'at', ${isoText(sql`x.at`)}, 'before', x.before)
        from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.undone_at is null
          and x.step not in ('merged', 'taken_apart')
        order by x.step_no desc limit 1),
        json_build_object('stepNo', 1, 'step', 'booked', 'at', ${isoText(sql`v.created_at`)}, 'before', null)
      ) as last_step
    from visits v ${visitJoins} where v.visit_id = ${visitId}`.execute(db);
  return rows[0];
}

/** The history, oldest first: the booking, which the visit itself tells, and the steps after it. */
export async function listSteps(db: Db, visitId: string): Promise<VisitHistoryStep[]> {
  const { rows } = await sql<VisitHistoryStep>`
    select x.step_no, x.step, x.at, coalesce(w.display_name, '') as by_name, x.detail, x.undone
    from (
      select 1 as step_no, 'booked' as step, v.created_at as at, v.created_by as by_staff_id,
        jsonb_strip_nulls(jsonb_build_object('overrideReason',
          case when f.before is null then v.override_reason else f.before ->> 'overrideReason' end,
          'by', case when v.by_patient then 'patient' end)) as detail,
        false as undone
      from visits v
      left join lateral (
        -- as it was booked: before the first step that changed it
        select x.before from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.before -> 'overrideReason' is not null
        order by x.step_no limit 1) f on true
      where v.visit_id = ${visitId}
      union all
      select step_no, step, at, by_staff_id, detail, undone_at is not null
      from visit_steps where visit_id = ${visitId}
    ) x
    left join staff w on w.staff_id = x.by_staff_id
    order by x.step_no limit 500`.execute(db);
  return rows;
}

const patientVisitColumns = sql`
  v.visit_id, v.version, v.state, v.visit_type_id, t.name as visit_type_name, v.site_id, s.name as site_name,
  s.time_zone, v.physician_id, d.name as physician_name, v.starts_at, v.ends_at, v.confirmed_at, v.reason,
  v.cancel_reason, v.series_id, v.series_no`;

const patientVisitJoins = sql`
  join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
  join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
  join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id`;

type OfPatient = { patientId: string; now: Date; limit: number };

/** The next visit, the last one, and the latest ones, in one round trip. */
export async function listPatientVisits(
  db: Db,
  { patientId, now, limit }: OfPatient,
): Promise<{ next: PatientVisit | null; last: PatientVisit | null; visits: PatientVisit[] }> {
  const { rows } = await sql<PatientVisit & { part: 'next' | 'last' | 'list' }>`
    (select 'next' as part, ${patientVisitColumns} from visits v ${patientVisitJoins}
      where v.patient_id = ${patientId} and v.starts_at >= ${now} and v.state = 'booked'
      order by v.starts_at limit 1)
    union all
    (select 'last', ${patientVisitColumns} from visits v ${patientVisitJoins}
      where v.patient_id = ${patientId} and v.starts_at <= ${now}
        and v.state in ('arrived', 'in_room', 'with_physician', 'checked_out')
      order by v.starts_at desc limit 1)
    union all
    (select 'list', ${patientVisitColumns} from visits v ${patientVisitJoins}
      where v.patient_id = ${patientId} and v.state <> 'entered_in_error'
      order by v.starts_at desc, v.visit_id limit ${limit})`.execute(db);
  return {
    next: rows.find((row) => row.part === 'next') ?? null,
    last: rows.find((row) => row.part === 'last') ?? null,
    visits: rows.filter((row) => row.part === 'list'),
  };
}
