import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound } from '../../../platform/refusal.ts';
import { type Person, readPerson } from '../people/queries.ts';
import { languageOf, recipientOf, wayTo } from '../people/rules.ts';
import * as queries from '../queries.ts';
import type { Message, MessageChannel, MessagePurpose } from '../schema.ts';
import type { WhySuppressed } from '../sending/rules.ts';
import { readSending, type Sending } from '../settings/queries.ts';
import { addStep, wakeSending } from '../steps/commands.ts';
import { findTemplate } from '../templates/queries.ts';
import { compose, type Fields } from '../templates/rules.ts';
import type { TemplateKey } from '../templates/schema.ts';
import { usualTemplates } from '../templates/usual/rules.ts';

type Row = {
  channel: MessageChannel;
  patientId: string | null;
  address: string;
  proxyName: string;
  subject: string;
  body: string;
  language: string;
  purpose: MessagePurpose;
  template: string;
  isAnswer: boolean;
  aboutKind: string;
  aboutId: string | null;
  answers: readonly string[];
  uniqueKey: string | null;
  state: 'queued' | 'suppressed';
  why: string;
  notBefore: Date;
  expiresAt: Date | null;
};

/** Into the outbox, in the transaction of what it is about; null where its key is known already. */
export async function insertMessage(tx: Tx, row: Row): Promise<string | null> {
  const messageId = newId();
  const { rows } = await sql<{ messageId: string }>`
    insert into messages (practice_id, message_id, direction, channel, patient_id, address, proxy_name, at, by_staff_id,
      subject, body, language, purpose, template, is_answer, about_kind, about_id, answers, unique_key, state, why,
      not_before, expires_at)
    values (${tx.practiceId}, ${messageId}, 'out', ${row.channel}, ${row.patientId}, ${row.address}, ${row.proxyName},
      ${tx.now}, ${tx.actor.staffId}, ${row.subject}, ${row.body}, ${row.language}, ${row.purpose}, ${row.template},
      ${row.isAnswer}, ${row.aboutKind}, ${row.aboutId}, ${[...row.answers]}::text[], ${row.uniqueKey}, ${row.state},
      ${row.why}, ${row.notBefore}, ${row.expiresAt})
    on conflict (practice_id, unique_key) do nothing returning message_id`.execute(tx.db);
  if (!rows[0]) return null;
  await addStep(tx, messageId, row.state, row.why);
  const { purpose, channel, template, state, why } = row;
  const subjectIds = [messageId, ...(row.patientId ? [row.patientId] : [])];
  const after = { purpose, channel, template, state, ...(why ? { why } : {}) };
  tx.audit({ action: 'message.queued', subjectKind: 'message', subjectIds, after });
  tx.touch('messages', ...subjectIds);
  if (row.state === 'queued') await wakeSending(tx, row.notBefore);
  return messageId;
}

export async function readBack(tx: Tx, messageId: string): Promise<Message> {
  const message = await queries.findMessage(tx.db, messageId);
  if (!message) throw notFound('message');
  return message;
}

export type Notice = {
  patientId: string;
  template: TemplateKey;
  /** Beside the practice, its phone and the name, which are known. Said in the person's language. */
  fields: (language: 'en' | 'es') => Fields | Promise<Fields>;
  aboutKind: string;
  aboutId: string;
  /** Sent once under this key, whoever asks again. */
  uniqueKey: string;
  notBefore?: Date;
  /** Of no use after it. */
  expiresAt: Date | null;
  /** The way it has to go; left out: what reaches them and what they agreed to, text first. */
  channel?: MessageChannel;
  /** It answers a message of theirs of this moment. */
  isAnswer?: boolean;
};

/** What became of asking for a message: `none` where a call is all there is, with why. */
export type Queued = { kind: 'queued' | 'known'; message: Message } | { kind: 'none'; why: WhySuppressed };

/** Put a message of a template in the outbox, by the way that reaches the person and that they agreed to. */
export async function queueNotice(tx: Tx, notice: Notice): Promise<Queued> {
  const known = await queries.findByKey(tx.db, notice.uniqueKey);
  if (known) return { kind: 'known', message: known };
  // The office was down meanwhile: no link would be of use either
  if (notice.expiresAt && notice.expiresAt <= tx.now) return { kind: 'none', why: 'too-late' };
  const person = await readPerson(tx.db, notice.patientId);
  const sending = await readSending(tx.db);
  const { purpose, answers } = usualTemplates[notice.template];
  const way = person && findWay(tx, person, sending, { ...notice, purpose });
  if (!person || !way)
    return { kind: 'none', why: person ? whyNoWay(tx, person, sending, purpose) : 'nobody' };
  const language = languageOf(person);
  const template = await findTemplate(tx.db, notice.template, language);
  const fields = {
    practice: sending.practiceName,
    phone: sending.phone,
    name: person.firstName,
    ...(await notice.fields(language)),
  };
  const text = compose(template, fields, way.channel);
  const messageId = await insertMessage(tx, {
    ...{ channel: way.channel, patientId: person.patientId, ...way.recipient, ...text, language, purpose },
    ...{ template: notice.template, isAnswer: notice.isAnswer ?? false, state: 'queued', why: '' },
    ...{ aboutKind: notice.aboutKind, aboutId: notice.aboutId, uniqueKey: notice.uniqueKey },
    answers: way.channel === 'text' ? answers : [],
    notBefore: notice.notBefore ?? tx.now,
    expiresAt: notice.expiresAt,
  });
  const message = messageId
    ? await readBack(tx, messageId)
    : await queries.findByKey(tx.db, notice.uniqueKey);
  if (!message) throw notFound('message');
  return { kind: messageId ? 'queued' : 'known', message };
}

export type Reply = {
  template: TemplateKey;
  address: string;
  patientId: string | null;
  uniqueKey: string;
  fields?: (language: 'en' | 'es') => Fields;
};

/** What a machine answers to a word that it knows, to where it came from; once under its key. */
export async function queueReply(tx: Tx, reply: Reply): Promise<void> {
  const { template, address, patientId, uniqueKey } = reply;
  const person = patientId ? await readPerson(tx.db, patientId) : undefined;
  const sending = await readSending(tx.db);
  const language = person ? languageOf(person) : 'en';
  const fields = { practice: sending.practiceName, phone: sending.phone, ...reply.fields?.(language) };
  const text = compose(await findTemplate(tx.db, template, language), fields, 'text');
  await insertMessage(tx, {
    ...{ channel: 'text', patientId: person?.patientId ?? null, address, proxyName: '', ...text, language },
    ...{ purpose: usualTemplates[template].purpose, template, isAnswer: true, aboutKind: '', aboutId: null },
    ...{ answers: [], uniqueKey, state: 'queued', why: '', notBefore: tx.now, expiresAt: null },
  });
}

type Wanted = { purpose: MessagePurpose; channel?: MessageChannel; isAnswer?: boolean };

function findWay(tx: Tx, person: Person, sending: Sending, { purpose, channel, isAnswer }: Wanted) {
  const today = localDate(tx.now.getTime(), sending.timeZone);
  if (!channel) return wayTo(person, { purpose, today, has: sending.has });
  const recipient = sending.has(channel) ? recipientOf(person, { channel, purpose, today }) : null;
  return recipient && (isAnswer || recipient.may === 'yes') ? { channel, recipient } : null;
}

/** The likeliest reason why nothing can be sent, for whoever calls instead. */
function whyNoWay(tx: Tx, person: Person, sending: Sending, purpose: MessagePurpose): WhySuppressed {
  const today = localDate(tx.now.getTime(), sending.timeZone);
  if (person.state !== 'alive') return person.state === 'deceased' ? 'deceased' : 'not-a-patient';
  if (!sending.has('text') && !sending.has('email')) return 'no-provider';
  const ways = (['text', 'email'] as const).flatMap(
    (channel) => recipientOf(person, { channel, purpose, today }) ?? [],
  );
  if (ways.length === 0) return 'no-address';
  return ways.some((one) => one.may === 'ask') ? 'not-asked' : 'refused';
}

/** What is not out yet stays in: what it was about changed. */
export async function withdrawNotices(
  tx: Tx,
  aboutId: string,
  only: (message: Message) => boolean = () => true,
): Promise<void> {
  const { rows } = await sql<{ messageId: string }>`
    select message_id from messages where about_id = ${aboutId} and state = 'queued' order by message_id
    limit 100 for update`.execute(tx.db);
  for (const { messageId } of rows) {
    const message = await readBack(tx, messageId);
    if (!only(message) || message.state !== 'queued') continue;
    await sql`
      update messages set state = 'suppressed', why = 'stopped', version = version + 1
      where message_id = ${messageId}`.execute(tx.db);
    await addStep(tx, messageId, 'suppressed', 'stopped');
    noteMessages(tx, 'message.suppressed', [message]);
  }
}

/** On record, and told to the desks. */
export function noteMessages(
  tx: Tx,
  action: string,
  rows: readonly { messageId: string; patientId: string | null }[],
): void {
  if (rows.length === 0) return;
  const people = rows.flatMap((one) => (one.patientId ? [one.patientId] : []));
  const subjectIds = [...new Set([...rows.map((one) => one.messageId), ...people])];
  tx.audit({ action, subjectKind: 'message', subjectIds });
  tx.touch('messages', ...subjectIds);
}
