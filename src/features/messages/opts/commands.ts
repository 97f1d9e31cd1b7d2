import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { recordConsents } from '../../patients/consents/commands.ts';
import { listAnswers } from '../../patients/consents/queries.ts';
import { holding } from '../../patients/consents/rules.ts';
import { type Answer, purposes } from '../../patients/consents/schema.ts';
import { findPatient } from '../../patients/queries.ts';
import { listOwners } from '../people/queries.ts';
import type { MessageChannel, MessagePurpose } from '../schema.ts';
import { listOpts } from './queries.ts';

export type NewOpt = {
  channel: MessageChannel;
  address: string;
  purpose: MessagePurpose | 'all';
  state: 'out' | 'in';
  how: 'word' | 'carrier' | 'desk' | 'wrong-number';
  messageId: string | null;
};

/**
 * What a number said holds for it, whoever's it is; and it is put on the record of each patient who has that number,
 * so that the desk sees it where it looks (contact consents). A number that belongs to someone else says nothing
 * about the patient: only the number is shut.
 */
export async function recordOpt(tx: Tx, opt: NewOpt): Promise<void> {
  const { channel, address, purpose, state, how, messageId } = opt;
  const [last] = await listOpts(tx.db, channel, address);
  // Later than what was said before, whatever the clocks of several processes say: the latest holds.
  const at = new Date(Math.max(tx.now.getTime(), last ? Date.parse(last.at) + 1 : 0));
  await sql`
    insert into message_opts (practice_id, opt_id, channel, address, purpose, state, how, message_id, at, by_staff_id)
    values (${tx.practiceId}, ${newId()}, ${channel}, ${address}, ${purpose}, ${state}, ${how}, ${messageId},
      ${at}, ${tx.actor.staffId})`.execute(tx.db);
  const people = how === 'wrong-number' ? [] : await listOwners(tx.db, address);
  for (const patientId of people) await recordAnswer(tx, patientId, opt);
  tx.audit({
    action: `message.opted-${state}`,
    subjectKind: 'message',
    subjectIds: [...(messageId ? [messageId] : []), ...people],
    after: { channel, purpose, how },
  });
  tx.touch('messages');
}

/** STOP refuses all; START gives appointments again, and puts the rest back to what was said before. */
async function recordAnswer(tx: Tx, patientId: string, { channel, state, address }: NewOpt): Promise<void> {
  const patient = await findPatient(tx.db, patientId);
  const isOwn =
    patient?.phones.some((one) => one.number === address) || patient?.email.toLowerCase() === address;
  if (!patient || patient.enteredInErrorAt || !isOwn) return;
  const history = await listAnswers(tx.db, patientId);
  const held = holding(history);
  const answers = purposes.flatMap((purpose): Answer[] => {
    const now = held.find((one) => one.channel === channel && one.purpose === purpose);
    if (state === 'out') return now?.state === 'refused' ? [] : [{ channel, purpose, state: 'refused' }];
    if (now?.state !== 'refused' || now.how !== 'message') return [];
    const before = history.filter((one) => one.channel === channel && one.purpose === purpose)[1];
    return [{ channel, purpose, state: purpose === 'appointments' ? 'given' : (before?.state ?? 'unknown') }];
  });
  if (answers.length === 0) return;
  await recordConsents(tx, patientId, { answers, how: 'message', lastId: history[0]?.consentId ?? null });
}
