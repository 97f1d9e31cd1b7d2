import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

async function moveTasks(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ taskId: string }>`
    update tasks set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId}
      and (${only ? [...only] : null}::uuid[] is null or task_id = any (${only ? [...only] : null}::uuid[]))
    returning task_id`.execute(tx.db);
  const ids = rows.map((row) => row.taskId);
  if (ids.length === 0) return ids;
  tx.audit({
    action: only ? 'task.taken-apart' : 'task.merged',
    subjectKind: 'task',
    subjectIds: ids,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('tasks', ...ids, fromId, toId);
  return ids;
}

/** What was promised to a person; what is said about it (marks) hangs on the task and goes along. */
export const taskHolder: PersonHolder = {
  name: 'tasks',
  words: { one: 'task', many: 'tasks' },
  move: (tx, fromId, toId) => moveTasks(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveTasks(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from tasks
      where patient_id = ${fromId} and entered_in_error_at is null`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
