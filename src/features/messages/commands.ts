import { sql } from 'kysely';
import { addDays } from '../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { isBareAddress, isTextNumber } from '../../platform/outside/message.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { toE164 } from '../patients/schema.ts';
import { type Person, readPerson } from './people/queries.ts';
import { recipientOf } from './people/rules.ts';
import * as queries from './queries.ts';
import { insertMessage, noteMessages, readBack } from './queueing/commands.ts';
import type { Message, NewMessage } from './schema.ts';
import { transliterate } from './segments/rules.ts';
import { answerDays, whyWords } from './sending/rules.ts';
import { readSending, type Sending } from './settings/queries.ts';

/** From here on an answer to someone who wrote may also go out at night. */
const answerMinutes = 60;
const dayMs = 86_400_000;

/** A desk writes. What the person refused is refused; what they were never asked is too, unless they wrote first. */
export async function sendMessage(tx: Tx, draft: NewMessage): Promise<Message> {
  const { channel, purpose } = draft;
  const sending = await readSending(tx.db);
  if (!sending.has(channel))
    throw new Refusal(
      'conflict',
      `Nothing is set up to send ${channel === 'text' ? 'texts' : 'e-mail'} yet. Settings, Messages does it; call meanwhile.`,
    );
  const person = draft.patientId ? await readPerson(tx.db, draft.patientId) : undefined;
  if (draft.patientId && !person) throw notFound('person');
  const to = await addressOf(tx, draft, person, sending);
  const isAnswer = await queries.wroteLately(
    tx.db,
    to.address,
    new Date(tx.now.getTime() - answerMinutes * 60_000),
  );
  const body = channel === 'text' ? transliterate(draft.body) : draft.body;
  const messageId = await insertMessage(tx, {
    ...{
      channel,
      purpose,
      ...to,
      body,
      subject: channel === 'email' ? draft.subject : '',
      language: draft.language,
    },
    ...{ template: draft.template, isAnswer, aboutKind: '', aboutId: null, answers: [], uniqueKey: null },
    ...{ state: 'queued', why: '', notBefore: tx.now, expiresAt: endOf(draft, tx.now, sending.timeZone) },
  });
  if (!messageId) throw notFound('message');
  if (draft.seenUpTo) await settleThread(tx, to.patientId ?? to.address, draft.seenUpTo);
  return readBack(tx, messageId);
}

/** “We are running late today” is of no use tomorrow, when it may go again. */
function endOf({ template }: NewMessage, now: Date, timeZone: string): Date | null {
  const tomorrow = addDays(localDate(now.getTime(), timeZone), 1);
  return template === 'late' ? new Date(toInstant(tomorrow, '00:00', timeZone)) : null;
}

type To = { patientId: string | null; address: string; proxyName: string };

async function addressOf(
  tx: Tx,
  draft: NewMessage,
  person: Person | undefined,
  sending: Sending,
): Promise<To> {
  const { channel, purpose } = draft;
  if (!person) return { patientId: null, address: await repliedAddress(tx, draft), proxyName: '' };
  if (person.state !== 'alive') {
    throw new Refusal(
      'conflict',
      `Not sent: ${whyWords[person.state === 'deceased' ? 'deceased' : 'not-a-patient']}.`,
    );
  }
  const today = localDate(tx.now.getTime(), sending.timeZone);
  const recipient = recipientOf(person, { channel, purpose, today });
  if (!recipient)
    throw new Refusal('conflict', `Not sent: ${whyWords['no-address']}. Call, or add one to the record.`);
  const { address, proxyName, may } = recipient;
  // Who wrote first may be answered
  const wrote = await queries.wroteLately(
    tx.db,
    address,
    new Date(tx.now.getTime() - answerDays.patient * dayMs),
  );
  if (may === 'no') throw new Refusal('conflict', `Not sent: ${whyWords.refused}. Call instead.`);
  if (may !== 'yes' && !wrote)
    throw new Refusal(
      'conflict',
      `Not sent: ${whyWords['not-asked']}. Ask, and record the answer under contact consent.`,
    );
  return { patientId: person.patientId, address, proxyName };
}

/** To someone whom nobody knows only what answers a message of theirs. */
async function repliedAddress(tx: Tx, { address, channel }: NewMessage): Promise<string> {
  const to = channel === 'text' ? (toE164(address) ?? address) : address.toLowerCase();
  const fits = channel === 'text' ? isTextNumber(to) : isBareAddress(to);
  if (!fits) {
    const message =
      channel === 'text' ? 'Type all ten digits of a phone number.' : 'Type one e-mail address.';
    throw new Refusal('bad-input', message, { fields: { address: message } });
  }
  if (await queries.wroteLately(tx.db, to, new Date(tx.now.getTime() - answerDays.nobody * dayMs))) return to;
  throw new Refusal(
    'conflict',
    'Nobody wrote from there. Choose the patient, so that their wishes are heard.',
  );
}

/**
 * What waited in a thread is answered, up to a message that whoever answers had on screen: what came a moment later,
 * and what someone who wrote from elsewhere never saw, still waits.
 */
async function settleThread(tx: Tx, thread: string, seenUpTo: string): Promise<void> {
  const { rows } = await sql<{ messageId: string; patientId: string | null }>`
    update messages set waits = false, settled_at = ${tx.now}, settled_by = ${tx.actor.staffId},
      settled_how = 'answered', version = version + 1
    where thread = ${thread} and waits and (at, message_id) <= (
      select s.at, s.message_id from messages s where s.thread = ${thread} and s.message_id = ${seenUpTo})
    returning message_id, patient_id`.execute(tx.db);
  noteMessages(tx, 'message.answered', rows);
}

/** One message needs no more: it was dealt with some other way. */
export async function settleMessage(tx: Tx, messageId: string, version: number): Promise<Message> {
  const message = await queries.lockMessage(tx.db, messageId);
  if (!message) throw notFound('message');
  if (message.version !== version) throw stale('message', message);
  if (!message.waits) throw new Refusal('conflict', 'Someone saw to this message already.');
  const { rows } = await sql<{ messageId: string; patientId: string | null }>`
    update messages set waits = false, settled_at = ${tx.now}, settled_by = ${tx.actor.staffId}, settled_how = 'done',
      version = version + 1
    where message_id = ${messageId} returning message_id, patient_id`.execute(tx.db);
  noteMessages(tx, 'message.done', rows);
  return readBack(tx, messageId);
}

/** It is owed again: a slip, or what a machine made of an answer could not be done (`why`). */
export async function reopenMessage(tx: Tx, messageId: string, why = ''): Promise<Message> {
  const message = await queries.lockMessage(tx.db, messageId);
  if (!message) throw notFound('message');
  if (message.waits) return message;
  const { rows } = await sql<{ messageId: string; patientId: string | null }>`
    update messages set waits = true, settled_at = null, settled_by = null, settled_how = '', version = version + 1,
      why = ${why || message.why}
    where message_id = ${messageId} returning message_id, patient_id`.execute(tx.db);
  noteMessages(tx, 'message.reopened', rows);
  return readBack(tx, messageId);
}

/** Whose number this is: all that was written with it goes to their thread. */
export async function sayWhose(
  tx: Tx,
  { address, patientId }: { address: string; patientId: string },
): Promise<number> {
  const person = await readPerson(tx.db, patientId);
  if (!person || person.state === 'gone') throw notFound('person');
  const { rows } = await sql<{ messageId: string; patientId: string | null }>`
    update messages set patient_id = ${person.patientId}, version = version + 1
    where address = ${address} and patient_id is null returning message_id, patient_id`.execute(tx.db);
  if (rows.length === 0) throw new Refusal('conflict', 'Someone said already whose number this is.');
  noteMessages(tx, 'message.about-changed', rows);
  return rows.length;
}
