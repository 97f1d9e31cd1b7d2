import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { whole } from '../kept/rules.ts';
import { findPatient, type Patient } from '../queries.ts';

/** What is asked of people, only what is in use; the names of 0025_search_people.sql. */
export type PersonSearch = {
  ids?: string[];
  /** Folded words, met at the start of a word of the names. */
  words?: string[];
  /** Folded, met anywhere in the names. */
  parts?: string[];
  /** Folded. */
  family?: string;
  given?: string;
  familyPart?: string;
  givenPart?: string;
  /** As they are written. */
  familyIs?: string;
  givenIs?: string;
  nameIs?: string;
  givenMissing?: boolean;
  bornFrom?: string;
  bornTo?: string;
  /** A whole number as it is kept, and its national digits. */
  phone?: string;
  digits?: string;
  mail?: string;
  known?: { system: string | null; value: string }[];
  changedFrom?: Date;
  changedTo?: Date;
};

export type PeoplePage = {
  /** `family`, `given`, `birthdate`, `updated` or `id`, with a minus for the other way round; `id` last. */
  sorts: readonly string[];
  /** The keys of the last one of the page before. */
  after: readonly string[] | null;
  limit: number;
  offset: number;
  counted: boolean;
};

type Known = { patientId: string; system: string; value: string };
export type KnownPatient = Patient & { identifiers: { system: string; value: string }[] };

/** A page of people, each with what they are sorted by, and how many there are where they are counted. */
export async function listPeopleBy(db: Db, asked: PersonSearch, page: PeoplePage) {
  const { sorts, after, limit, offset, counted } = page;
  const { rows } = await sql<{ patientId: string | null; keys: string[] | null; total: number | null }>`
    select patient_id, keys, total from frontdesk.search_people(${JSON.stringify(asked)}::jsonb,
      ${[...sorts]}::text[], ${after && [...after]}::text[], ${limit}, ${offset}, ${counted})`.execute(db);
  const keysOf = new Map(rows.flatMap((row) => (row.patientId ? [[row.patientId, row.keys ?? []]] : [])));
  const people = await readPeople(db, [...keysOf.keys()]);
  return { people, keysOf, total: rows.find((row) => row.patientId === null)?.total ?? null };
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
