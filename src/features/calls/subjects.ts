import { sql } from 'kysely';
import type { Subject } from '../../platform/contributions.ts';

export const callSubject: Subject = {
  kind: 'call',
  permission: 'calls.see',
  find: async (db, id) => {
    const { rows } = await sql<{ patientId: string | null }>`
      select patient_id from calls where call_id = ${id} and entered_in_error_at is null`.execute(db);
    return rows[0];
  },
};
