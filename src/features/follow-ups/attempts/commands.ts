import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { listAnswers } from '../../patients/consents/queries.ts';
import { holding, mayContact } from '../../patients/consents/rules.ts';
import { practiceTimeZone } from '../queries.ts';
import { note, openUnended, readBack } from '../recording/commands.ts';
import { actOnOf, attemptChannelWords } from '../rules.ts';
import type { AttemptChannel, AttemptOutcome, FollowUp, NewAttempt } from '../schema.ts';

/** Whoever does not want to hear of visits this way is not tried this way; what they say at the desk is no attempt of ours. */
async function refuseUnwanted(tx: Tx, patientId: string, channel: AttemptChannel): Promise<void> {
  if (channel === 'in-person') return;
  const answers = holding(await listAnswers(tx.db, patientId));
  if (mayContact(answers, channel, 'appointments') === 'no')
    throw new Refusal(
      'conflict',
      `The patient asked not to be reached about visits by ${attemptChannelWords[channel]}. Try another way, or speak of it when they come.`,
    );
}

type Kept = Omit<NewAttempt, 'outcome'> & { outcome: AttemptOutcome; letterNo?: number };

/** One tried to reach the patient. A next try moves the day on which it is work again. */
export async function recordAttempt(tx: Tx, followUpId: string, input: Kept): Promise<FollowUp> {
  const before = await openUnended(tx, followUpId, input.version);
  await refuseUnwanted(tx, before.patientId, input.channel);
  const { channel, outcome, nextTryOn, letterNo = null } = input;
  const timeZone = await practiceTimeZone(tx.db);
  const orderedOn = localDate(Date.parse(before.orderedAt), timeZone);
  if (nextTryOn !== null && nextTryOn < localDate(tx.now.getTime(), timeZone))
    throw new Refusal('bad-input', 'The next try lies behind. Give today or a later day.', {
      fields: { nextTryOn: 'Give today or later.' },
    });
  const { earliestOn, priority } = before;
  const actOn = actOnOf({ orderedOn, earliestOn, priority, nextTryOn });
  await sql`
    update follow_ups set next_try_on = ${nextTryOn}, act_on = ${actOn}, version = version + 1
    where follow_up_id = ${followUpId}`.execute(tx.db);
  await sql`
    insert into follow_up_attempts (practice_id, attempt_id, follow_up_id, version, channel, outcome, note,
      next_try_on, letter_no, at, by_staff_id)
    select practice_id, ${newId()}, follow_up_id, version, ${channel}, ${outcome}, ${input.note}, ${nextTryOn},
      ${letterNo}, ${tx.now}, ${tx.actor.staffId}
    from follow_ups where follow_up_id = ${followUpId}`.execute(tx.db);
  const after = { channel, outcome, nextTryOn, letterNo };
  return note(tx, 'follow-up.attempt', { after }, await readBack(tx, followUpId));
}
