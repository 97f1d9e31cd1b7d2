import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { versionColumn } from '../../../platform/db/versions.ts';
import { hoursFactsOf, type SetupFacts } from '../hours/queries.ts';

export type BookedPatient = {
  patientId: string;
  patientName: string;
  preferredName: string;
  deceased: boolean;
};

export type PlacingFacts = SetupFacts & { patient: BookedPatient | null };

type Asked = { patientId: string; from: string; to: string };

/**
 * Everything that decides about a place, with the patient locked: two bookings of one person, at different
 * desks and different physicians, come one after the other. Patients are locked before resources, always.
 */
export async function readPlacingFacts(db: Db, { patientId, from, to }: Asked): Promise<PlacingFacts> {
  const { rows } = await sql<{ version: string | null; patient: BookedPatient | null }>`
    with patient as (
      select patient_id as "patientId", preferred_name as "preferredName", deceased,
        family_name || case when given_name = '' then '' else ', ' || given_name end as "patientName"
      from patients where patient_id = ${patientId} and entered_in_error_at is null
      for no key update)
    select (select row_to_json(patient) from patient) as patient, ${versionColumn('setup')} as version`.execute(
    db,
  );
  const { patient = null, version = null } = rows[0] ?? {};
  return { ...(await hoursFactsOf(db, version, { from, to })), patient };
}

/** Lock resources in the order of their ids, so that no two bookings wait for each other in a ring. */
export async function lockResources(
  db: Db,
  ids: string[],
): Promise<{ resourceId: string; capacity: number; active: boolean }[]> {
  const { rows } = await sql<{ resourceId: string; capacity: number; active: boolean }>`
    select resource_id, capacity, active from resources where resource_id = any(${ids}::uuid[])
    order by resource_id for no key update`.execute(db);
  return rows;
}
