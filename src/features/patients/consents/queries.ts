import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Consent } from './schema.ts';

/** Every answer of a person, the latest first. */
export async function listAnswers(db: Db, patientId: string): Promise<Consent[]> {
  const { rows } = await sql<Consent>`
    select c.consent_id, c.channel, c.purpose, c.state, c.how, c.at, coalesce(s.display_name, '') as by_name
    from contact_consents c
    left join staff s on s.practice_id = c.practice_id and s.staff_id = c.by_staff_id
    where c.patient_id = ${patientId} order by c.at desc, c.consent_id desc limit 400`.execute(db);
  return rows;
}
