import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { note, openForChange, readBack } from '../commands.ts';
import { lockTask } from '../queries.ts';
import type { Task } from '../schema.ts';

/** Of several who may do it, one says "I take it"; the second one hears whose it is. */
export async function takeTask(tx: Tx, taskId: string, version: number): Promise<Task> {
  // Before the version: whoever comes second is told by whom it was taken, not that something changed.
  const locked = await lockTask(tx.db, taskId);
  if (locked?.takenBy && locked.takenBy !== tx.actor.staffId) {
    const { takenByName } = await readBack(tx, taskId);
    throw new Refusal('conflict', `${takenByName} has taken this already.`);
  }
  const kept = await openForChange(tx, taskId, version);
  const before = await readBack(tx, taskId);
  if (kept.doneAt) throw new Refusal('conflict', 'This task is done already. Nothing is left to take.');
  if (kept.ownerStaffId)
    throw new Refusal(
      'conflict',
      'This task was given to one person. Change it to give it to somebody else.',
    );
  if (kept.takenBy) return before;
  await sql`
    update tasks set taken_by = ${tx.actor.staffId}, taken_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  return note(tx, 'task.taken', before, await readBack(tx, taskId));
}

/** Any of the role may do it again. */
export async function giveTaskBack(tx: Tx, taskId: string, version: number): Promise<Task> {
  const kept = await openForChange(tx, taskId, version);
  const before = await readBack(tx, taskId);
  if (!kept.takenBy) return before;
  await sql`
    update tasks set taken_by = null, taken_at = null, version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  return note(tx, 'task.given-back', before, await readBack(tx, taskId));
}
