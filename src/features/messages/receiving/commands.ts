import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { isTextNumber } from '../../../platform/outside/message.ts';
import { notFound } from '../../../platform/refusal.ts';
import { makeTask } from '../../tasks/commands.ts';
import { findRedFlags, spanishFlags } from '../danger/rules.ts';
import { messageEvents } from '../events.ts';
import { recordOpt } from '../opts/commands.ts';
import { listOpts } from '../opts/queries.ts';
import { listOwners } from '../people/queries.ts';
import { findAsking, findIncoming, findLastPatient } from '../queries.ts';
import { queueReply, readBack } from '../queueing/commands.ts';
import type { Message, MessageChannel } from '../schema.ts';
import { isOptedOut } from '../sending/rules.ts';
import { readKept } from '../settings/queries.ts';
import { type Read, readReply } from '../words/rules.ts';
import { bodyOf } from './rules.ts';
import type { IncomingText } from './schema.ts';

/** An hour is what someone who asked about a visit may be left waiting. */
const taskMs = 3_600_000;
const receiptMs = 4 * 3_600_000;

export type Incoming = { channel: MessageChannel; address: string; providerId: string; body: string };

/** A text came in. What the provider tells twice is there once. @param flags the practice's words of danger */
export async function receiveText(tx: Tx, text: IncomingText, flags: readonly string[]): Promise<Message> {
  const { providerId, from: address, body, pictures } = text;
  return receive(tx, { channel: 'text', address, providerId, body: bodyOf(body, pictures) }, flags);
}

/**
 * Words to stop are heard at once; answers that a message asked for are told to whoever asked; all else is for a
 * human, dangers first. Nothing is dropped and nothing is answered by a machine but what these words mean.
 */
export async function receive(tx: Tx, incoming: Incoming, flags: readonly string[]): Promise<Message> {
  const { channel, address, providerId, body } = incoming;
  const known = await findIncoming(tx.db, channel, providerId);
  if (known) return known;
  const asking = await findAsking(tx.db, address, tx.now);
  const redFlags = findRedFlags(body, [...flags, ...spanishFlags]);
  const understood: Read = channel === 'text' ? readReply(body, asking?.answers ?? []) : { meaning: '' };
  const read: Read = redFlags.length > 0 ? { meaning: '' } : understood;
  const patientId = asking?.patientId ?? (await guessPatient(tx, address));
  const waits = read.meaning === '' || read.meaning === 'call-back' || read.isWrongNumber === true;
  const row = { ...incoming, patientId, read, redFlags, waits, askedId: asking?.messageId ?? null };
  const messageId = await insert(tx, row);
  if (messageId) {
    await hear(tx, { messageId, address, patientId, read, asking });
    if (redFlags.length > 0) await sendReceipt(tx, { address, patientId });
    if (read.asksWhatThisIs) await sayOnce(tx, 'help', { address, patientId });
    return readBack(tx, messageId);
  }
  const other = await findIncoming(tx.db, channel, providerId);
  if (!other) throw notFound('message');
  return other;
}

type Row = Incoming & {
  patientId: string | null;
  read: Read;
  redFlags: string[];
  waits: boolean;
  askedId: string | null;
};

async function insert(tx: Tx, row: Row): Promise<string | null> {
  const messageId = newId();
  const { rows } = await sql<{ messageId: string }>`
    insert into messages (practice_id, message_id, direction, channel, patient_id, address, at, body, state, provider_id,
      meaning, red_flags, answered_id, waits, why)
    values (${tx.practiceId}, ${messageId}, 'in', ${row.channel}, ${row.patientId}, ${row.address}, ${tx.now},
      ${row.body}, 'received', ${row.providerId}, ${row.read.meaning}, ${row.redFlags}::text[], ${row.askedId},
      ${row.waits}, ${row.read.isWrongNumber ? 'they say that this is not their number' : ''})
    on conflict do nothing returning message_id`.execute(tx.db);
  if (rows.length === 0) return null;
  const subjectIds = [messageId, ...(row.patientId ? [row.patientId] : [])];
  const after = { channel: row.channel, meaning: row.read.meaning, dangers: row.redFlags.length };
  tx.audit({ action: 'message.received', subjectKind: 'message', subjectIds, after });
  tx.touch('messages', ...subjectIds);
  return messageId;
}

/** Who it is: with whom the number wrote last, else the one patient who has it. Of several nobody is guessed. */
async function guessPatient(tx: Tx, address: string): Promise<string | null> {
  const last = await findLastPatient(tx.db, address);
  if (last) return last;
  const owners = await listOwners(tx.db, address);
  return owners.length === 1 ? (owners[0] ?? null) : null;
}

type Heard = {
  messageId: string;
  address: string;
  patientId: string | null;
  read: Read;
  asking: Message | undefined;
};

async function hear(tx: Tx, heard: Heard): Promise<void> {
  const { messageId, address, patientId, read } = heard;
  const reply = (template: 'opted-in' | 'will-call') =>
    queueReply(tx, { template, address, patientId, uniqueKey: `${template} ${messageId}` });
  switch (read.meaning) {
    case '':
      return;
    case 'opt-out':
      return hearStop(tx, heard);
    case 'opt-in':
      await recordOpt(tx, { channel: 'text', address, purpose: 'all', state: 'in', how: 'word', messageId });
      return reply('opted-in');
    case 'call-back':
      await reply('will-call');
      return tellAnswer(tx, heard);
    default:
      return tellAnswer(tx, heard);
  }
}

async function hearStop(tx: Tx, { messageId, address, patientId, read }: Heard): Promise<void> {
  const before = await listOpts(tx.db, 'text', address);
  const how = read.isWrongNumber ? 'wrong-number' : 'word';
  await recordOpt(tx, { channel: 'text', address, purpose: 'all', state: 'out', how, messageId });
  // One text may say that it was heard (47 CFR 64.1200(a)(12)); who says it again knows
  if (!isOptedOut(before, 'other'))
    await queueReply(tx, { template: 'opted-out', address, patientId, uniqueKey: `opted-out ${messageId}` });
  if (!read.asksAboutVisit) return;
  await makeTask(tx, {
    text: 'They texted CANCEL, which ended their texts. Call and ask whether the visit should be cancelled.',
    dueAt: new Date(tx.now.getTime() + taskMs).toISOString(),
    ownerRole: 'secretary',
    patientId,
  });
}

async function tellAnswer(tx: Tx, { messageId, patientId, asking, read }: Heard): Promise<void> {
  if (!asking) return;
  const { aboutKind, aboutId, messageId: askedId } = asking;
  const payload = messageEvents['message.answered.v1'].parse({
    ...{ messageId, patientId, aboutKind, aboutId, askedId, meaning: read.meaning },
  });
  tx.emit({ kind: 'message.answered.v1', subjectId: aboutId ?? messageId, payload });
}

/** This line is not watched, call 911. */
async function sendReceipt(tx: Tx, { address, patientId }: { address: string; patientId: string | null }) {
  const { rules } = await readKept(tx.db);
  if (rules.receipt) await sayOnce(tx, 'emergency', { address, patientId });
}

/** Once in some hours to one number. */
async function sayOnce(
  tx: Tx,
  template: 'emergency' | 'help',
  { address, patientId }: { address: string; patientId: string | null },
) {
  if (!isTextNumber(address)) return;
  const span = Math.floor(tx.now.getTime() / receiptMs);
  await queueReply(tx, { template, address, patientId, uniqueKey: `${template} ${address} ${span}` });
}
