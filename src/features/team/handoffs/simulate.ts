import type { Tx } from '../../../platform/db/transaction.ts';
import { dutyKey } from '../../tasks/marks/rules.ts';
import { listOpenTasks } from '../../tasks/queries.ts';
import type { As } from '../notes/simulate.ts';
import { acknowledgeHandoff, sendHandoff } from './commands.ts';
import type { OpenDuty } from './schema.ts';

const dayMinutes = 24 * 60;

/** Open tasks as they stand on Today. */
async function listOpen(tx: Tx, most: number): Promise<OpenDuty[]> {
  const tasks = await listOpenTasks(tx.db, new Date(tx.now.getTime() + 14 * dayMinutes * 60_000));
  return tasks.slice(0, most).map((task) => ({
    key: dutyKey({ kind: 'task', subjectId: task.taskId, dueAt: task.dueAt }),
    ...{ dueAt: task.dueAt, title: task.text, detail: task.patientName, patientId: task.patientId },
    ...{ permission: 'tasks.see', personal: true },
  }));
}

/** One of yesterday that was acknowledged this morning, and one of a moment ago that waits. */
export async function addHandoffs(tx: Tx, as: As): Promise<void> {
  const open = await listOpen(tx, 3);
  const ana = as('Ruiz', 0);
  if (!ana || !as('Zieliński', dayMinutes)) return;
  const first = await sendHandoff(
    tx,
    {
      toStaffId: ana,
      text: 'The fax was out of paper until three; ask the lab to send yesterday’s once more.',
    },
    open,
  );
  as('Ruiz', 200);
  await acknowledgeHandoff(tx, first.handoffId, { version: first.version, theirs: [] });
  as('Whitfield', 10);
  await sendHandoff(
    tx,
    { toStaffId: ana, text: 'I am in a meeting until two. The interpreter calls back about Thursday.' },
    open.slice(0, 2),
  );
}
