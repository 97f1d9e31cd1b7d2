import { dateLabel } from '../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutyCall, DutyContext, DutySource } from '../../platform/contributions.ts';
import * as queries from './queries.ts';
import { repeatLabel } from './rules.ts';
import type { Task } from './schema.ts';

/** Tasks due further ahead are no duty yet. */
const daysAhead = 14;
const dayMs = 86_400_000;

function promisedAt(task: Task, timeZone: string): string {
  const made = Date.parse(task.createdAt);
  const date = localDate(made, timeZone);
  return `${dateLabel(date, Number(date.slice(0, 4)))}, ${timeLabel(made, timeZone)}`;
}

function ownerOf(task: Task): string {
  const whose = task.ownerName || (task.ownerRole ? `any ${task.ownerRole}` : 'anyone');
  return task.takenByName ? `taken by ${task.takenByName}, for ${whose}` : `for ${whose}`;
}

function detailOf(task: Task, timeZone: string): string {
  const made = `${task.createdByName ? `${task.createdByName}, ` : ''}${promisedAt(task, timeZone)}`;
  return [
    task.patientName,
    ownerOf(task),
    task.patientId ? `promised by ${made}` : `noted by ${made}`,
    task.repeat ? repeatLabel(task.repeat) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What was given to several is taken by one, and given back. */
function takingOf(task: Task, path: string): DutyCall[] {
  if (task.ownerStaffId) return [];
  const call = (label: string, step: string, back: string): DutyCall => ({
    label,
    kind: 'call',
    method: 'POST',
    path: `${path}/${step}`,
    body: { version: task.version },
    undo: { path: `${path}/${back}`, body: { version: task.version + 1 } },
  });
  return [task.takenBy ? call('Give it back', 'give-back', 'take') : call('I take it', 'take', 'give-back')];
}

function dutyOf(task: Task, { now, practiceTimeZone }: DutyContext): Duty {
  const path = `/api/tasks/${task.taskId}`;
  const owner = task.ownerStaffId ?? task.takenBy;
  return {
    kind: 'task',
    subjectId: task.taskId,
    dueAt: task.dueAt,
    severity: Date.parse(task.dueAt) <= now.getTime() ? 'wrong' : 'calm',
    title: task.text,
    detail: detailOf(task, practiceTimeZone),
    tag: task.patientId ? 'promise' : 'task',
    ...(task.patientId ? { patientId: task.patientId } : {}),
    ...(owner ? { ownerStaffId: owner } : {}),
    ...(task.ownerRole ? { ownerRole: task.ownerRole } : {}),
    action: {
      label: 'Done',
      kind: 'call',
      method: 'POST',
      path: `${path}/done`,
      body: { version: task.version },
      undo: { path: `${path}/not-done`, body: { version: task.version + 1 } },
    },
    others: [
      ...takingOf(task, path),
      {
        label: 'Entered in error',
        kind: 'call',
        method: 'POST',
        path: `${path}/entered-in-error`,
        body: { version: task.version },
        reasonLabel: 'Why is this task wrong?',
      },
    ],
  };
}

export const taskDuties: readonly DutySource[] = [
  {
    kinds: ['task'],
    permission: 'tasks.see',
    topics: ['tasks', 'patients', 'practice'],
    list: async (db, context) => {
      const tasks = await queries.listOpenTasks(db, new Date(context.now.getTime() + daysAhead * dayMs));
      return tasks.map((task) => dutyOf(task, context));
    },
    nextChangeAt: async (db, { now }) => {
      const due = await queries.nextDueTask(db, now);
      const appears = await queries.nextDueTask(db, new Date(now.getTime() + daysAhead * dayMs));
      const moments = [due?.getTime(), appears && appears.getTime() - daysAhead * dayMs].filter(
        (ms) => typeof ms === 'number',
      );
      return moments.length > 0 ? new Date(Math.min(...moments)) : null;
    },
    countDone: (db, since) => queries.countTasksDone(db, since),
  },
];
