import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { PrintedPerson } from './rules.ts';

/** The people of a print, by id; who is not of this practice, or was entered in error, is left out. */
export async function readPrintedPeople(
  db: Db,
  patientIds: readonly string[],
): Promise<Map<string, PrintedPerson>> {
  const { rows } = await sql<PrintedPerson>`
    select p.patient_id, p.mrn, p.family_name, p.given_name, p.middle_name, p.suffix, p.preferred_name, p.pronouns,
      p.sex, p.born_on, p.deceased, p.language, p.interpreter_needed, p.phones, p.addresses,
      coalesce((select json_agg(a.text order by array_position(array['wrong', 'wait', 'calm'], a.tone), a.created_at)
        from patient_alerts a where a.practice_id = p.practice_id and a.patient_id = p.patient_id
          and a.entered_in_error_at is null), '[]') as alerts
    from patients p
    where p.patient_id = any (${[...new Set(patientIds)]}::uuid[]) and p.entered_in_error_at is null
    order by p.patient_id limit 5000`.execute(db);
  return new Map(rows.map((row) => [row.patientId, row]));
}
