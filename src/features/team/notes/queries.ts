import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Note } from './schema.ts';

const columns = sql`
  n.note_id, n.subject_kind, n.subject_id, n.patient_id, n.text, n.in_record, n.made_at, n.made_by,
  coalesce(m.display_name, '') as made_by_name, n.changed_at, n.struck_at,
  coalesce(k.display_name, '') as struck_by_name, coalesce(n.struck_reason, '') as struck_reason,
  coalesce((select jsonb_agg(jsonb_build_object('name', coalesce(s.display_name, 'any ' || t.role), 'readAt', t.read_at)
      order by t.at, t.mention_id)
    from note_mentions t left join staff s on s.practice_id = t.practice_id and s.staff_id = t.staff_id
    where t.practice_id = n.practice_id and t.note_id = n.note_id and t.withdrawn_at is null), '[]') as mentions,
  n.version`;
const tables = sql`
  notes n
  left join staff m on m.practice_id = n.practice_id and m.staff_id = n.made_by
  left join staff k on k.practice_id = n.practice_id and k.staff_id = n.struck_by`;

/** Everything about a person, wherever it stands; else about the one subject. */
export async function listNotes(db: Db, kind: string, id: string): Promise<Note[]> {
  const where =
    kind === 'patient' ? sql`n.patient_id = ${id}` : sql`n.subject_kind = ${kind} and n.subject_id = ${id}`;
  const { rows } = await sql<Note>`
    select ${columns} from ${tables} where ${where} order by n.made_at desc, n.note_id limit 100`.execute(db);
  return rows;
}

/** What someone noted since a moment, oldest first. */
export async function listNotedBy(
  db: Db,
  staffId: string,
  since: Date,
): Promise<{ text: string; patientId: string | null; patientName: string }[]> {
  const { rows } = await sql<{ text: string; patientId: string | null; patientName: string }>`
    select n.text, n.patient_id,
      coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '') as patient_name
    from notes n left join patients p on p.practice_id = n.practice_id and p.patient_id = n.patient_id
    where n.made_by = ${staffId} and n.made_at >= ${since} and n.struck_at is null
    order by n.made_at, n.note_id limit 20`.execute(db);
  return rows;
}

export async function findNote(db: Db, noteId: string): Promise<Note | undefined> {
  const { rows } = await sql<Note>`select ${columns} from ${tables} where n.note_id = ${noteId}`.execute(db);
  return rows[0];
}

export async function lockNote(db: Db, noteId: string): Promise<void> {
  await sql`select from notes where note_id = ${noteId} for update`.execute(db);
}

export async function listVersions(db: Db, noteId: string) {
  const { rows } = await sql<{
    version: number;
    text: string;
    inRecord: boolean;
    at: string;
    byName: string;
  }>`
    select v.version, v.text, v.in_record, v.at, coalesce(s.display_name, '') as by_name
    from note_versions v left join staff s on s.practice_id = v.practice_id and s.staff_id = v.by_staff_id
    where v.note_id = ${noteId} order by v.version desc limit 100`.execute(db);
  return rows;
}

export type Unread = {
  mentionId: string;
  staffId: string | null;
  role: string | null;
  at: string;
  version: number;
  text: string;
  subjectKind: string;
  patientId: string | null;
  patientName: string;
  byName: string;
};

/** Mentions that nobody has read, the oldest first. */
export async function listUnread(db: Db): Promise<Unread[]> {
  const { rows } = await sql<Unread>`
    select t.mention_id, t.staff_id, t.role, t.at, t.version, n.text, n.subject_kind, n.patient_id,
      coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '') as patient_name,
      coalesce(m.display_name, '') as by_name
    from note_mentions t
      join notes n on n.practice_id = t.practice_id and n.note_id = t.note_id
      left join staff m on m.practice_id = n.practice_id and m.staff_id = n.made_by
      left join patients p on p.practice_id = n.practice_id and p.patient_id = n.patient_id
    where t.read_at is null and t.withdrawn_at is null
    order by t.at, t.mention_id limit 500`.execute(db);
  return rows;
}
