import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Candidate } from './rules.ts';
import type { OnlineRequest } from './schema.ts';

const columns = sql`
  r.request_id, r.version, r.visit_type_id, t.name as visit_type_name, r.site_id, s.name as site_name, s.time_zone,
  r.physician_id, d.name as physician_name, r.starts_at, r.ends_at, r.given_name, r.family_name, r.born_on, r.phone,
  r.language, r.says_new, r.text, r.urgent, r.asked_at, r.why, r.outcome, r.settled_at,
  coalesce(w.display_name, '') as settled_by_name, r.settled_text, r.patient_id, r.visit_id, r.hold_id,
  exists (select from holds h where h.practice_id = r.practice_id and h.hold_id = r.hold_id) as is_held`;

const tables = sql`
  online_requests r
  join visit_types t on t.practice_id = r.practice_id and t.visit_type_id = r.visit_type_id
  join sites s on s.practice_id = r.practice_id and s.site_id = r.site_id
  join resources d on d.practice_id = r.practice_id and d.resource_id = r.physician_id
  left join staff w on w.practice_id = r.practice_id and w.staff_id = r.settled_by`;

export type KeptRequest = OnlineRequest & { holdId: string | null };

/** @param lock until the transaction ends, of whoever settles it */
export async function findRequest(db: Db, requestId: string, lock = false): Promise<KeptRequest | undefined> {
  if (lock) await sql`select from online_requests where request_id = ${requestId} for update`.execute(db);
  const { rows } = await sql<KeptRequest>`
    select ${columns} from ${tables} where r.request_id = ${requestId}`.execute(db);
  return rows[0];
}

/** What waits for a human, urgent ones and then the oldest first; then what is settled, the latest first. */
export async function listRequests(db: Db, limit: number): Promise<KeptRequest[]> {
  const { rows } = await sql<KeptRequest>`
    select ${columns} from ${tables}
    order by r.settled_at is not null, r.settled_at desc, r.urgent desc, r.asked_at, r.request_id
    limit ${limit}`.execute(db);
  return rows;
}

export async function listOwedRequests(db: Db): Promise<KeptRequest[]> {
  const { rows } = await sql<KeptRequest>`
    select ${columns} from ${tables} where r.settled_at is null and r.why is not null
    order by r.urgent desc, r.asked_at, r.request_id limit 500`.execute(db);
  return rows;
}

export type Waiting = { waiting: number; ofPhone: number; held: number };

/**
 * How much waits, and how often one number asked within a day. That counts what was booked at once as well: else who
 * asks again and again would learn by when they are refused whether the office knows them.
 */
export async function countWaiting(db: Db, phone: string, now: Date): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select count(*)::int as waiting, (count(*) filter (where hold_id is not null))::int as held,
      (select count(*)::int from online_requests
        where phone = ${phone} and asked_at > ${new Date(now.getTime() - 86_400_000)}) as of_phone
    from online_requests where settled_at is null`.execute(db);
  return rows[0] ?? { waiting: 0, ofPhone: 0, held: 0 };
}

/** Everyone of this birth date who could come. */
export async function listBornOn(db: Db, bornOn: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select patient_id, family_name, given_name, preferred_name, former_names, phones from patients
    where born_on = ${bornOn} and not deceased and entered_in_error_at is null
    order by patient_id limit 500`.execute(db);
  return rows;
}

export type OnlineDoor = { practiceId: string; practiceKind: string };

/** Whose booking page this is; before a practice is known. */
export async function findOnlineDoor(db: Db, code: string): Promise<OnlineDoor | undefined> {
  const { rows } = await sql<OnlineDoor>`
    select practice_id, practice_kind from frontdesk.practice_by_online_code(${code})`.execute(db);
  return rows[0];
}

export async function readPracticeFacts(db: Db): Promise<{ name: string; phone: string; timeZone: string }> {
  const { rows } = await sql<{ name: string; phone: string; timeZone: string }>`
    select name, phone, time_zone from practices`.execute(db);
  return rows[0] ?? { name: '', phone: '', timeZone: 'UTC' };
}
