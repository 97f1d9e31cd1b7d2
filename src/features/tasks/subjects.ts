import { sql } from 'kysely';
import type { Subject } from '../../platform/contributions.ts';

export const taskSubject: Subject = {
  kind: 'task',
  permission: 'tasks.see',
  find: async (db, id) => {
    const { rows } = await sql<{ patientId: string | null }>`
      select patient_id from tasks where task_id = ${id} and entered_in_error_at is null`.execute(db);
    return rows[0];
  },
};
