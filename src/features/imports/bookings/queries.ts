import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { listStaff } from '../../practice/queries.ts';
import { readSetup } from '../../schedule/setup/queries.ts';
import type { BookVisit } from '../../schedule/visits/schema.ts';
import type { Clinician } from './rules.ts';

/** Sites, clinicians and visit types by which a table names them. */
export async function readWords(db: Db) {
  const setup = await readSetup(db);
  const staff = new Map((await listStaff(db)).map((one) => [one.staffId, one]));
  const clinicians = setup.physicians.flatMap((resource): Clinician[] => {
    const person = staff.get(resource.staffId ?? '');
    const { npi = null, givenName = '', familyName = '', displayName = '' } = person ?? {};
    return [
      { resourceId: resource.resourceId, name: resource.name, npi, givenName, familyName, displayName },
    ];
  });
  return { sites: setup.sites, visitTypes: setup.visitTypes, clinicians };
}

/** Which of these stand already as they would be booked: patient, physician and time. */
export async function findBooked(
  db: Db,
  wanted: readonly { patientId: string; physicianId: string; startsAt: string }[],
): Promise<Set<number>> {
  const { rows } = await sql<{ at: number }>`
    select w.at from jsonb_to_recordset(${JSON.stringify(wanted.map((one, at) => ({ ...one, at })))}::jsonb)
      w (at int, "patientId" uuid, "physicianId" uuid, "startsAt" timestamptz)
    join visits v on v.patient_id = w."patientId" and v.physician_id = w."physicianId"
      and v.starts_at = w."startsAt"
    where v.state not in ('cancelled', 'entered_in_error')`.execute(db);
  return new Set(rows.map((row) => row.at));
}

/** What this check found could be booked on these days, in the order of the file. */
export async function listChecked(db: Db, importId: string, dates: readonly string[]): Promise<BookVisit[]> {
  const { rows } = await sql<{ booking: BookVisit }>`
    select booking from import_rows where import_id = ${importId} and on_date = any (${[...dates]}::date[])
      and outcome = 'made' order by line`.execute(db);
  return rows.map((row) => row.booking);
}
