import { sql } from 'kysely';
import type { Subject } from '../../platform/contributions.ts';

export const visitSubject: Subject = {
  kind: 'visit',
  permission: 'visits.see',
  find: async (db, id) => {
    const { rows } = await sql<{ patientId: string | null }>`
      select patient_id from visits where visit_id = ${id}`.execute(db);
    return rows[0];
  },
};
