import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { HandoffHead } from './schema.ts';

const columns = sql`
  h.handoff_id, h.from_staff_id, f.display_name as from_name, h.to_staff_id, coalesce(t.display_name, '') as to_name,
  h.to_role, h.sent_at, h.acknowledge_by, h.acknowledged_at, coalesce(a.display_name, '') as acknowledged_by_name,
  (select count(*)::int from handoff_items i where i.practice_id = h.practice_id and i.handoff_id = h.handoff_id)
    as count,
  coalesce((select w.kind = 'question' from handoff_words w
    where w.practice_id = h.practice_id and w.handoff_id = h.handoff_id order by w.at desc, w.word_id desc limit 1),
    false) as asked,
  h.version`;
const tables = sql`
  handoffs h
  join staff f on f.practice_id = h.practice_id and f.staff_id = h.from_staff_id
  left join staff t on t.practice_id = h.practice_id and t.staff_id = h.to_staff_id
  left join staff a on a.practice_id = h.practice_id and a.staff_id = h.acknowledged_by`;

export async function listHandoffs(
  db: Db,
  since: Date,
  me: { staffId: string | null; roles: readonly string[]; manages: boolean },
): Promise<HandoffHead[]> {
  const { rows } = await sql<HandoffHead>`
    select ${columns} from ${tables}
    where h.sent_at > ${since} and h.withdrawn_at is null
      and (${me.manages} or h.from_staff_id = ${me.staffId} or h.to_staff_id = ${me.staffId}
        or h.to_role = any (${[...me.roles]}::text[]) or h.acknowledged_by = ${me.staffId})
    order by h.sent_at desc, h.handoff_id limit 100`.execute(db);
  return rows;
}

/** Those that nobody has acknowledged, the one that waits longest first. */
export async function listUnacknowledged(db: Db): Promise<HandoffHead[]> {
  const { rows } = await sql<HandoffHead>`
    select ${columns} from ${tables}
    where h.acknowledged_at is null and h.withdrawn_at is null
    order by h.acknowledge_by, h.handoff_id limit 200`.execute(db);
  return rows;
}

export async function findHandoff(
  db: Db,
  handoffId: string,
): Promise<(HandoffHead & { text: string }) | undefined> {
  const { rows } = await sql<HandoffHead & { text: string }>`
    select ${columns}, h.text from ${tables}
    where h.handoff_id = ${handoffId} and h.withdrawn_at is null`.execute(db);
  return rows[0];
}

export async function lockHandoff(db: Db, handoffId: string): Promise<void> {
  await sql`select from handoffs where handoff_id = ${handoffId} for update`.execute(db);
}

export type KeptItem = {
  key: string;
  permission: string;
  dueAt: string;
  title: string;
  detail: string;
  patientId: string | null;
  note: string;
};

export async function listItems(db: Db, handoffId: string): Promise<KeptItem[]> {
  const { rows } = await sql<KeptItem>`
    select duty_key as key, permission, due_at, title, detail, patient_id, note
    from handoff_items where handoff_id = ${handoffId} order by position limit 200`.execute(db);
  return rows;
}

export type Word = { kind: 'question' | 'answer'; text: string; at: string; byName: string };

export async function listWords(db: Db, handoffId: string): Promise<Word[]> {
  const { rows } = await sql<Word>`
    select w.kind, w.text, w.at, coalesce(s.display_name, '') as by_name
    from handoff_words w left join staff s on s.practice_id = w.practice_id and s.staff_id = w.by_staff_id
    where w.handoff_id = ${handoffId} order by w.at, w.word_id limit 100`.execute(db);
  return rows;
}
