import { sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import * as queries from './queries.ts';
import { nextDueAt } from './rules.ts';
import { type NewTask, type Task, TaskChange, TaskDraft } from './schema.ts';

export async function makeTask(tx: Tx, input: NewTask): Promise<Task> {
  const draft = TaskDraft.parse(input);
  await refuseMissingName(tx, draft);
  const timeZone = await queries.practiceTimeZone(tx.db);
  const anchoredOn = localDate(Date.parse(draft.dueAt), timeZone);
  const taskId = newId();
  await insertTask(tx, taskId, { ...draft, repeat: draft.repeat && { ...draft.repeat, anchoredOn } });
  tx.audit({ action: 'task.made', subjectKind: 'task', subjectIds: [taskId], after: draft });
  tx.touch('tasks', taskId, ...(draft.patientId ? [draft.patientId] : []));
  return readBack(tx, taskId);
}

type Kept = Omit<TaskDraft, 'repeat'> & { repeat: object | null };

async function insertTask(tx: Tx, taskId: string, task: Kept): Promise<void> {
  await sql`
    insert into tasks (practice_id, task_id, text, due_at, owner_staff_id, owner_role, patient_id, repeat,
      created_at, created_by)
    values (${tx.practiceId}, ${taskId}, ${task.text}, ${task.dueAt}, ${task.ownerStaffId}, ${task.ownerRole},
      ${task.patientId}, ${task.repeat ? JSON.stringify(task.repeat) : null}::jsonb, ${tx.now},
      ${tx.actor.staffId})`.execute(tx.db);
}

async function refuseMissingName(tx: Tx, named: Pick<TaskDraft, 'patientId' | 'ownerStaffId'>) {
  const missing = await queries.missingName(tx.db, named);
  if (missing) throw notFound(missing);
}

export async function readBack(tx: Tx, taskId: string): Promise<Task> {
  const task = await queries.findTask(tx.db, taskId);
  if (!task) throw notFound('task');
  return task;
}

/** Lock it, and refuse what is gone or was changed meanwhile. */
export async function openForChange(tx: Tx, taskId: string, version: number) {
  const kept = await queries.lockTask(tx.db, taskId);
  if (!kept || kept.enteredInErrorAt) throw notFound('task');
  if (kept.version !== version) throw stale('task', await readBack(tx, taskId));
  return kept;
}

export function note(tx: Tx, action: string, before: Task, after: Task, reason?: string): Task {
  tx.audit({ action, subjectKind: 'task', subjectIds: [after.taskId], before, after, reason });
  const patients = [before.patientId, after.patientId].filter((id) => id !== null);
  tx.touch('tasks', after.taskId, ...patients);
  return after;
}

export async function changeTask(tx: Tx, taskId: string, input: TaskChange): Promise<Task> {
  const change = TaskChange.parse(input);
  const kept = await openForChange(tx, taskId, change.version);
  if (kept.doneAt)
    throw new Refusal('conflict', 'This task is done. Take that back first, or make a new one.');
  await refuseMissingName(tx, change);
  const before = await readBack(tx, taskId);
  const timeZone = await queries.practiceTimeZone(tx.db);
  const moved = Date.parse(change.dueAt) !== Date.parse(kept.dueAt);
  const anchoredOn =
    !moved && kept.repeat ? kept.repeat.anchoredOn : localDate(Date.parse(change.dueAt), timeZone);
  // Given to others, nobody has taken it yet.
  const sameOwner = change.ownerStaffId === before.ownerStaffId && change.ownerRole === before.ownerRole;
  const repeat = change.repeat ? JSON.stringify({ ...change.repeat, anchoredOn }) : null;
  await sql`
    update tasks set text = ${change.text}, due_at = ${change.dueAt}, owner_staff_id = ${change.ownerStaffId},
      owner_role = ${change.ownerRole}, patient_id = ${change.patientId}, repeat = ${repeat}::jsonb,
      taken_by = case when ${sameOwner} then taken_by end, taken_at = case when ${sameOwner} then taken_at end,
      version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  return note(tx, 'task.changed', before, await readBack(tx, taskId));
}

export async function finishTask(
  tx: Tx,
  taskId: string,
  version: number,
): Promise<{ task: Task; next: Task | null }> {
  const kept = await openForChange(tx, taskId, version);
  if (kept.doneAt) throw new Refusal('conflict', 'This task is done already. Nothing is left to do.');
  const before = await readBack(tx, taskId);
  const nextTaskId = kept.repeat ? newId() : null;
  await sql`
    update tasks set done_at = ${tx.now}, done_by = ${tx.actor.staffId}, next_task_id = ${nextTaskId},
      version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  const task = note(tx, 'task.done', before, await readBack(tx, taskId));
  if (!kept.repeat || !nextTaskId) return { task, next: null };
  const timeZone = await queries.practiceTimeZone(tx.db);
  const { anchoredOn, ...repeat } = kept.repeat;
  const dueAt = nextDueAt({ dueAt: kept.dueAt, anchoredOn, repeat }, tx.now, timeZone);
  await insertTask(tx, nextTaskId, { ...before, dueAt, repeat: kept.repeat });
  tx.audit({ action: 'task.repeated', subjectKind: 'task', subjectIds: [nextTaskId], after: { dueAt } });
  return { task, next: await readBack(tx, nextTaskId) };
}

/** Take back that it is done. The repeat that it made is withdrawn, unless that one is done as well. */
export async function reopenTask(tx: Tx, taskId: string, version: number): Promise<Task> {
  const kept = await openForChange(tx, taskId, version);
  if (!kept.doneAt) throw new Refusal('conflict', 'This task is open already.');
  const next = kept.nextTaskId ? await queries.lockTask(tx.db, kept.nextTaskId) : undefined;
  if (next?.doneAt) {
    throw new Refusal(
      'conflict',
      'The next one of this repeating task is done as well. Take that back first.',
    );
  }
  const before = await readBack(tx, taskId);
  if (next && !next.enteredInErrorAt && kept.nextTaskId) await withdraw(tx, kept.nextTaskId);
  await sql`
    update tasks set done_at = null, done_by = null, next_task_id = null, version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  return note(tx, 'task.reopened', before, await readBack(tx, taskId));
}

async function withdraw(tx: Tx, taskId: string, reason = 'The one before it is open again.'): Promise<Task> {
  const before = await readBack(tx, taskId);
  await sql`
    update tasks set entered_in_error_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and task_id = ${taskId}`.execute(tx.db);
  return note(tx, 'task.entered-in-error', before, await readBack(tx, taskId), reason);
}

export async function taskInError(tx: Tx, taskId: string, version: number, reason: string): Promise<Task> {
  await openForChange(tx, taskId, version);
  return withdraw(tx, taskId, reason);
}
