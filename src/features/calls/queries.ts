import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Call, CallStep } from './schema.ts';

const nameOf = sql`coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '')`;
const contactName = sql`case when k.kind = 'organization' then k.organization_name
  else concat_ws(' ', nullif(k.given_name, ''), nullif(k.family_name, ''), nullif(k.credentials, '')) end`;

const callColumns = sql`
  c.call_id, c.version, c.at, coalesce(taker.display_name, '') as taken_by_name, c.caller_kind,
  coalesce(nullif(c.caller_name, ''), r.name, nullif(${contactName}, ''),
    case when c.caller_kind = 'patient' then ${nameOf} end, '') as caller_name,
  c.callback_phone, c.patient_id, ${nameOf} as patient_name, c.contact_id, c.relation_id, c.reason, c.text,
  c.best_time, c.urgent, c.red_flags, c.identity, c.identifiers, c.promised_at, c.owner_staff_id,
  coalesce(owner.display_name, '') as owner_name, c.owner_role, c.done_at,
  coalesce(doer.display_name, '') as done_by_name, c.entered_in_error_at,
  coalesce((select s.kind from call_steps s where s.practice_id = c.practice_id and s.call_id = c.call_id
    and s.kind in ('no-answer', 'left-message', 'reached') order by s.version desc limit 1), '')
    as last_tried`;

const callTables = sql`
  calls c
  left join staff taker on taker.practice_id = c.practice_id and taker.staff_id = c.taken_by
  left join staff owner on owner.practice_id = c.practice_id and owner.staff_id = c.owner_staff_id
  left join staff doer on doer.practice_id = c.practice_id and doer.staff_id = c.done_by
  left join patients p on p.practice_id = c.practice_id and p.patient_id = c.patient_id
  left join patient_relations r on r.practice_id = c.practice_id and r.relation_id = c.relation_id
  left join contacts k on k.practice_id = c.practice_id and k.contact_id = c.contact_id`;

export async function findCall(db: Db, callId: string): Promise<Call | undefined> {
  const { rows } = await sql<Call>`
    select ${callColumns} from ${callTables} where c.call_id = ${callId}`.execute(db);
  return rows[0];
}

/** Calls that someone waits for: dangers first, then the first promised first. */
export async function listOpenCalls(db: Db): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select ${callColumns} from ${callTables}
    where c.done_at is null and c.entered_in_error_at is null
    order by c.urgent desc, c.promised_at, c.call_id limit 500`.execute(db);
  return rows;
}

export async function listCallsBetween(db: Db, from: Date, to: Date): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select ${callColumns} from ${callTables}
    where c.at >= ${from} and c.at < ${to} and c.entered_in_error_at is null
    order by c.at desc, c.call_id desc limit 500`.execute(db);
  return rows;
}

export async function listPatientCalls(db: Db, patientId: string): Promise<Call[]> {
  const { rows } = await sql<Call>`
    select ${callColumns} from ${callTables}
    where c.patient_id = ${patientId} and c.entered_in_error_at is null
    order by c.done_at is not null, c.at desc, c.call_id desc limit 50`.execute(db);
  return rows;
}

export async function listSteps(db: Db, callId: string): Promise<CallStep[]> {
  const { rows } = await sql<CallStep>`
    select s.step_id, s.kind, s.note, s.at, coalesce(t.display_name, '') as by_name
    from call_steps s left join staff t on t.practice_id = s.practice_id and t.staff_id = s.by_staff_id
    where s.call_id = ${callId} order by s.version limit 200`.execute(db);
  return rows;
}

/** The moment after `after` at which the first open call becomes late. */
export async function nextPromise(db: Db, after: Date): Promise<Date | null> {
  const { rows } = await sql<{ promisedAt: string }>`
    select promised_at from calls
    where done_at is null and entered_in_error_at is null and promised_at > ${after}
    order by promised_at limit 1`.execute(db);
  return rows[0] ? new Date(rows[0].promisedAt) : null;
}

/** Calls with a promise that were done since, by whom. */
export async function countCallsDone(
  db: Db,
  since: Date,
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select done_by as staff_id, count(*)::int as count from calls
    where done_at >= ${since} and promised_at is not null and entered_in_error_at is null
    group by done_by order by done_by limit 500`.execute(db);
  return rows;
}

/** How many calls were taken by hour of the wall and reason. */
export async function countByHour(
  db: Db,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
) {
  const { rows } = await sql<{ hour: number; reason: string; count: number }>`
    select extract(hour from at at time zone ${timeZone}::text)::int as hour, reason, count(*)::int as count
    from calls where at >= ${from} and at < ${to} and entered_in_error_at is null
    group by 1, 2 order by 1, 2 limit 1000`.execute(db);
  return rows;
}

export async function practiceTimeZone(db: Db): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`select time_zone from practices limit 1`.execute(db);
  return rows[0]?.timeZone ?? 'UTC';
}

/** What a call names that is not there: a patient, a colleague, someone of the directory or an authorized person. */
export async function missingName(
  db: Db,
  named: {
    patientId?: string | null;
    ownerStaffId?: string | null;
    contactId?: string | null;
    relationId?: string | null;
  },
): Promise<string | null> {
  const { patientId = null, ownerStaffId = null, contactId = null, relationId = null } = named;
  const { rows } = await sql<{ patient: boolean; staff: boolean; contact: boolean; relation: boolean }>`
    select
      ${patientId}::uuid is null or exists (
        select from patients where patient_id = ${patientId} and entered_in_error_at is null
        for key share) as patient,
      ${ownerStaffId}::uuid is null or exists (
        select from staff where staff_id = ${ownerStaffId} and active) as staff,
      ${contactId}::uuid is null or exists (
        select from contacts where contact_id = ${contactId} and entered_in_error_at is null) as contact,
      ${relationId}::uuid is null or exists (
        select from patient_relations where relation_id = ${relationId}
          and patient_id = ${patientId}) as relation`.execute(db);
  const [found] = rows;
  if (!found?.patient) return 'patient';
  if (!found.staff) return 'colleague';
  if (!found.contact) return 'contact';
  return found.relation ? null : 'authorized person';
}
