import { sql } from 'kysely';
import { imagesOf, type StoredImages } from '../../src/platform/audit/images.ts';
import type { Tx } from '../../src/platform/db/transaction.ts';

/** What the database holds of one practice, read by statements of this test's own. */

export type Place = { resourceId: string; lane: number; startsAt: string; endsAt: string };
export type Image = Record<string, unknown> & { resources?: Place[] };
export type VisitRow = Record<string, unknown> & {
  visitId: string;
  patientId: string;
  visitTypeId: string;
  physicianId: string;
  state: string;
  version: number;
  startsAt: string;
  endsAt: string;
  overrideReason: string | null;
  sessionId: string | null;
  seatNo: number | null;
  seriesId: string | null;
  seriesNo: number | null;
};
/** Of a visit or of a group session. */
export type PlaceRow = Place & { visitId: string | null; sessionId: string | null; released: boolean };
export type SessionRow = {
  sessionId: string;
  visitTypeId: string;
  physicianId: string;
  startsAt: string;
  endsAt: string;
  capacity: number;
  cancelled: boolean;
  seats: number;
};
export type SeriesPlaceRow = { seriesId: string; placeNo: number; state: string; planned: number };
export type StepRow = {
  visitId: string;
  stepNo: number;
  step: string;
  detail: Record<string, unknown>;
  before: Image | null;
  undoneAt: string | null;
};
export type AuditRow = {
  requestId: string;
  action: string;
  subjectKind: string;
  subjectIds: string[];
  before: Image | null;
  after: Image | null;
};
export type PatientRow = Record<string, unknown> & {
  patientId: string;
  mergedInto: string | null;
  enteredInErrorAt: string | null;
};
export type Facts = {
  visits: VisitRow[];
  places: PlaceRow[];
  sessions: SessionRow[];
  seriesPlaces: SeriesPlaceRow[];
  steps: StepRow[];
  audit: AuditRow[];
  patients: PatientRow[];
  alerts: { alertId: string; patientId: string }[];
  resources: { resourceId: string; kind: string; capacity: number }[];
  visitTypes: { visitTypeId: string; bufferBeforeMinutes: number; bufferAfterMinutes: number }[];
};

export async function readFacts({ db, practiceId: id }: Tx): Promise<Facts> {
  const all = async <T>(statement: ReturnType<typeof sql<T>>) => (await statement.execute(db)).rows;
  return {
    visits: await all(sql<VisitRow>`
      select visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at, ends_at, state, confirmed_at,
        arrived_at, in_room_at, with_physician_at, checked_out_at, cancelled_at, cancel_reason, cancel_text,
        override_reason, reason, note, version, session_id, seat_no, series_id, series_no
      from visits where practice_id = ${id} order by visit_id`),
    places: await all(sql<PlaceRow>`
      select visit_id, session_id, resource_id, lane, starts_at, ends_at, released
      from visit_resources where practice_id = ${id} order by visit_id, session_id, resource_id`),
    sessions: await all(sql<SessionRow>`
      select session_id, visit_type_id, physician_id, starts_at, ends_at, capacity,
        cancelled_at is not null as cancelled, (select count(*)::int from group_seats e
          where e.practice_id = g.practice_id and e.session_id = g.session_id) as seats
      from group_sessions g where practice_id = ${id} order by session_id`),
    seriesPlaces: await all(sql<SeriesPlaceRow>`
      select series_id, place_no, state, (count(*) over (partition by series_id))::int as planned
      from series_places where practice_id = ${id} order by series_id, place_no`),
    steps: await all(sql<StepRow>`
      select visit_id, 1 as step_no, 'booked' as step, '{}'::jsonb as detail, null::jsonb as before,
        null::timestamptz as undone_at
      from visits where practice_id = ${id}
      union all
      select visit_id, step_no, step, detail, before, undone_at
      from visit_steps where practice_id = ${id} order by visit_id, step_no`),
    audit: (
      await all(sql<AuditRow & StoredImages>`
        select request_id, action, subject_kind, subject_ids::text[] as subject_ids, before, after, packed
        from audit_records where practice_id = ${id} order by seq`)
    ).map((row) => ({ ...row, ...imagesOf(row) })),
    patients: await all(sql<PatientRow>`
      select patient_id, mrn, family_name, given_name, email, former_names, former_mrns, phones, addresses,
        contacts, note, merged_into, entered_in_error_at
      from patients where practice_id = ${id} order by patient_id`),
    alerts: await all(sql<{ alertId: string; patientId: string }>`
      select alert_id, patient_id from patient_alerts where practice_id = ${id} order by alert_id`),
    resources: await all(sql<Facts['resources'][number]>`
      select resource_id, kind, capacity from resources where practice_id = ${id} order by resource_id`),
    visitTypes: await all(sql<Facts['visitTypes'][number]>`
      select visit_type_id, buffer_before_minutes, buffer_after_minutes
      from visit_types where practice_id = ${id} order by visit_type_id`),
  };
}
