import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** Something promised that is open, or was done near that day. */
export const taskReason: PresentReason = {
  name: 'task',
  label: 'a task about them',
  holds: ({ patientId, from }) => sql<boolean>`exists (
    select from tasks t where t.patient_id = ${patientId} and t.entered_in_error_at is null
      and (t.done_at is null or t.done_at >= ${from}))`,
};

export const taskPaths: readonly PersonPath[] = [
  {
    path: '/api/tasks/:id',
    carriedAs: ['taskId', 'taskIds'],
    people: (ids) => sql`select task_id as asked, patient_id from tasks
        where task_id = any (${ids}) and patient_id is not null`,
  },
];
