import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { whole } from '../kept/rules.ts';
import { findPatient, type Patient } from '../queries.ts';

export type PersonSearch = {
  ids: string[] | null;
  /** Folded. */
  family: string | null;
  given: string | null;
  words: string[];
  bornFrom: string | null;
  bornTo: string | null;
  /** National digits of a whole number. */
  digits: string | null;
  mail: string | null;
  known: { system: string | null; value: string }[] | null;
  changedFrom: Date | null;
  changedTo: Date | null;
  limit: number;
  offset: number;
};

type Known = { patientId: string; system: string; value: string };
export type KnownPatient = Patient & { identifiers: { system: string; value: string }[] };

/** People in the order of their names. */
export async function listPeopleBy(db: Db, asked: PersonSearch): Promise<KnownPatient[]> {
  const { rows } = await sql<{ patientId: string }>`
    select patient_id from frontdesk.list_people_by(${asked.ids}::uuid[], ${asked.family}, ${asked.given},
      ${asked.words}::text[], ${asked.bornFrom}::date, ${asked.bornTo}::date, ${asked.digits}, ${asked.mail},
      ${asked.known ? JSON.stringify(asked.known) : null}::jsonb, ${asked.changedFrom}, ${asked.changedTo},
      ${asked.limit}, ${asked.offset}) as patient_id`.execute(db);
  return readPeople(
    db,
    rows.map((row) => row.patientId),
  );
}

/** These people, also who was entered in error or became part of another; at most 1,000. */
export async function readPeople(db: Db, ids: string[]): Promise<KnownPatient[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Patient>`
    select patient_id, mrn, family_name, given_name, middle_name, suffix, preferred_name, former_names, pronouns,
      sex, gender_identity, born_on, deceased, deceased_on, language, interpreter_needed, marital_status, email,
      phones, addresses, contacts, guarantor, note, version, created_at, updated_at, entered_in_error_at,
      merged_into, former_mrns
    from patients where patient_id = any (${ids}::uuid[]) limit 1000`.execute(db);
  const known = await listKnown(db, ids);
  const byId = new Map(rows.map((row) => [row.patientId, row]));
  return ids.flatMap((id) => {
    const patient = byId.get(id);
    return patient ? [{ ...whole(patient), identifiers: known.filter((one) => one.patientId === id) }] : [];
  });
}

async function listKnown(db: Db, ids: string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select patient_id, system, value from patient_identifiers where patient_id = any (${ids}::uuid[])
    order by patient_id, system, value limit 10000`.execute(db);
  return rows;
}

export async function findKnownPatient(db: Db, patientId: string): Promise<KnownPatient | undefined> {
  const patient = await findPatient(db, patientId);
  return patient && { ...patient, identifiers: await listKnown(db, [patientId]) };
}
