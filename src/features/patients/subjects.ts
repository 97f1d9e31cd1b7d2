import { sql } from 'kysely';
import type { Subject } from '../../platform/contributions.ts';

export const patientSubject: Subject = {
  kind: 'patient',
  permission: 'patients.open',
  find: async (db, id) => {
    const { rows } = await sql`
      select from patients where patient_id = ${id} and entered_in_error_at is null`.execute(db);
    return rows.length > 0 ? { patientId: id } : undefined;
  },
};
