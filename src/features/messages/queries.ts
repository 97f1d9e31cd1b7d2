import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Message, MessageChannel } from './schema.ts';

const nameOf = sql`coalesce(coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name, '')`;

const messageColumns = sql`
  m.message_id, m.version, m.direction, m.channel, m.patient_id, ${nameOf} as patient_name, m.address, m.proxy_name,
  m.at, coalesce(s.display_name, '') as by_name, m.subject, m.body, m.language, m.purpose, m.template, m.is_answer,
  m.about_kind, m.about_id, m.answers, m.state, m.why, m.not_before, m.expires_at, m.tries, m.meaning, m.red_flags,
  m.waits, m.settled_at, coalesce(d.display_name, '') as settled_by_name`;

const messageTables = sql`
  messages m
  left join patients p on p.practice_id = m.practice_id and p.patient_id = m.patient_id
  left join staff s on s.practice_id = m.practice_id and s.staff_id = m.by_staff_id
  left join staff d on d.practice_id = m.practice_id and d.staff_id = m.settled_by`;

export async function findMessage(db: Db, messageId: string): Promise<Message | undefined> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.message_id = ${messageId}`.execute(db);
  return rows[0];
}

/** Kept from others until this transaction ends. */
export async function lockMessage(db: Db, messageId: string): Promise<Message | undefined> {
  await sql`select 1 from messages where message_id = ${messageId} for update`.execute(db);
  return findMessage(db, messageId);
}

export async function findByKey(db: Db, uniqueKey: string): Promise<Message | undefined> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.unique_key = ${uniqueKey}`.execute(db);
  return rows[0];
}

export async function findIncoming(
  db: Db,
  channel: MessageChannel,
  providerId: string,
): Promise<Message | undefined> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables}
    where m.direction = 'in' and m.channel = ${channel} and m.provider_id = ${providerId}`.execute(db);
  return rows[0];
}

/** A thread, the latest last. */
export async function listThread(db: Db, thread: string, limit = 300): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.thread = ${thread}
    order by m.at desc, m.message_id desc limit ${limit}`.execute(db);
  return rows.reverse();
}

/** What of a person was written, the latest first. */
export async function listPatientMessages(db: Db, patientId: string): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.patient_id = ${patientId}
    order by m.at desc, m.message_id desc limit 100`.execute(db);
  return rows;
}

/** What goes out, and what went: the latest first. */
export async function listOutbox(db: Db, limit: number): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.direction = 'out'
    order by m.at desc, m.message_id desc limit ${limit}`.execute(db);
  return rows;
}

/** The last message to a number that asked for an answer, while it is of use: what a C or an R is about. */
export async function findAsking(db: Db, address: string, now: Date): Promise<Message | undefined> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables}
    where m.address = ${address} and m.channel = 'text' and m.direction = 'out' and m.answers <> '{}'
      and m.state in ('sending', 'sent', 'delivered') and (m.expires_at is null or m.expires_at > ${now})
      and m.at > ${new Date(now.getTime() - 14 * 86_400_000)}
    order by m.at desc, m.message_id desc limit 1`.execute(db);
  return rows[0];
}

/** The patient to whom the last message of a number or address was, either way. */
export async function findLastPatient(db: Db, address: string): Promise<string | null> {
  const { rows } = await sql<{ patientId: string }>`
    select patient_id from messages where address = ${address} and patient_id is not null
    order by at desc, message_id desc limit 1`.execute(db);
  return rows[0]?.patientId ?? null;
}

/** Whether someone wrote from there within the last minutes: what goes back is an answer. */
export async function wroteLately(db: Db, address: string, since: Date): Promise<boolean> {
  const { rows } = await sql`
    select from messages where address = ${address} and direction = 'in' and at >= ${since} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Messages that wait for a human, and those that did not arrive and that nobody has seen to; the oldest first. */
export async function listWaiting(db: Db): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${messageColumns} from ${messageTables} where m.waits
    order by cardinality(m.red_flags) = 0, m.at, m.message_id limit 500`.execute(db);
  return rows;
}

/** Who settled messages since a moment, and how many. */
export async function countSettled(
  db: Db,
  since: Date,
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select settled_by as staff_id, count(*)::int as count from messages
    where settled_at >= ${since} group by settled_by order by settled_by limit 500`.execute(db);
  return rows;
}

export type Step = { state: string; why: string; at: string; byName: string };

export async function listSteps(db: Db, messageId: string): Promise<Step[]> {
  const { rows } = await sql<Step>`
    select x.state, x.why, x.at, coalesce(s.display_name, '') as by_name
    from message_steps x left join staff s on s.practice_id = x.practice_id and s.staff_id = x.by_staff_id
    where x.message_id = ${messageId} order by x.step_no limit 200`.execute(db);
  return rows;
}
