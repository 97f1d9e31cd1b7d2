import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { enqueueJob } from '../../../platform/jobs/outbox.ts';

export const sendJob = 'messages.send';

/** The state that a message has from now on, with who and when. */
export async function addStep(tx: Tx, messageId: string, state: string, why = ''): Promise<void> {
  await sql`
    insert into message_steps (practice_id, message_id, step_no, state, why, at, by_staff_id)
    select ${tx.practiceId}, ${messageId}, coalesce(max(step_no), 0) + 1, ${state}, ${why}, ${tx.now},
      ${tx.actor.staffId}
    from message_steps where message_id = ${messageId}`.execute(tx.db);
}

/** Someone looks into the outbox then; whoever asks for the same second asks once. */
export async function wakeSending(tx: Tx, at: Date): Promise<void> {
  const runAt = new Date(Math.max(at.getTime(), tx.now.getTime()));
  await enqueueJob(tx, { kind: sendJob, uniqueKey: `${sendJob} ${runAt.toISOString().slice(0, 19)}`, runAt });
}
