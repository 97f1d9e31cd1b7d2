import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { OutsideEncounter } from './schema.ts';

type Page = { before?: string | undefined; limit: number };

/** Encounters of other places, newest first; those of one moment in a fixed order. */
export async function listOutsideEncounters(
  db: Db,
  patientId: string,
  { before, limit }: Page,
): Promise<{ encounters: OutsideEncounter[]; more: boolean }> {
  const { rows } = await sql<OutsideEncounter>`
    select encounter_id, patient_id, starts_at, starts_precision, ends_at, ends_precision, status, kind,
      practitioner, organization, reason
    from outside_encounters
    where patient_id = ${patientId} and status <> 'entered-in-error'
      and (${before ?? null}::uuid is null or (starts_at, encounter_id) < (
        select b.starts_at, b.encounter_id from outside_encounters b
        where b.patient_id = ${patientId} and b.encounter_id = ${before ?? null}))
    order by starts_at desc, encounter_id desc limit ${limit + 1}`.execute(db);
  return { encounters: rows.slice(0, limit), more: rows.length > limit };
}

/** The encounter that another system knows by this, and whose it is. */
export async function findBySource(
  db: Db,
  source: string,
): Promise<{ encounterId: string; patientId: string } | undefined> {
  const { rows } = await sql<{ encounterId: string; patientId: string }>`
    select encounter_id, patient_id from outside_encounters where source = ${source}`.execute(db);
  return rows[0];
}
