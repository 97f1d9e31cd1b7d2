import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { MessageChannel, MessagePurpose } from '../schema.ts';

export type Due = {
  messageId: string;
  state: 'queued' | 'sending';
  channel: MessageChannel;
  patientId: string | null;
  address: string;
  proxyName: string;
  subject: string;
  body: string;
  purpose: MessagePurpose;
  template: string;
  isAnswer: boolean;
  at: string;
  aboutKind: string;
  aboutId: string | null;
  expiresAt: string | null;
  tries: number;
  claimedAt: string | null;
  byStaffId: string | null;
};

const dueColumns = sql`message_id, state, channel, patient_id, address, proxy_name, subject, body, purpose, template,
  is_answer, at, about_kind, about_id, expires_at, tries, claimed_at, by_staff_id`;

/** What is to go out now, and what was claimed before `lostBefore` and never told what became of it. */
export async function lockDue(db: Db, ask: { now: Date; lostBefore: Date; limit: number }): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select ${dueColumns} from messages
    where (state = 'queued' and not_before <= ${ask.now}) or (state = 'sending' and claimed_at <= ${ask.lostBefore})
    order by not is_answer, not_before, message_id limit ${ask.limit} for update skip locked`.execute(db);
  return rows;
}

export async function lockDueOne(
  db: Db,
  messageId: string,
): Promise<(Due & { providerId: string }) | undefined> {
  const { rows } = await sql<Due & { providerId: string }>`
    select ${dueColumns}, provider_id from messages where message_id = ${messageId} and direction = 'out'
    for update`.execute(db);
  return rows[0];
}

const dayMs = 86_400_000;

/** When reminders went to a number within the last eight days, those on their way among them. */
export async function listSentAt(db: Db, address: string, now: Date): Promise<number[]> {
  const { rows } = await sql<{ claimedAt: string }>`
    select claimed_at from messages
    where address = ${address} and direction = 'out' and channel = 'text' and purpose = 'reminder' and not is_answer
      and state in ('sending', 'sent', 'delivered', 'undelivered') and claimed_at > ${new Date(now.getTime() - 8 * dayMs)}
    order by claimed_at desc limit 100`.execute(db);
  return rows.map((row) => Date.parse(row.claimedAt));
}

/** The provider's ids of what else went there: none of them is the message that is looked for. */
export async function listKnownIds(db: Db, address: string, since: Date): Promise<string[]> {
  const { rows } = await sql<{ providerId: string }>`
    select provider_id from messages
    where address = ${address} and direction = 'out' and provider_id <> '' and claimed_at >= ${since}
    order by claimed_at desc limit 200`.execute(db);
  return rows.map((row) => row.providerId);
}
