import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { foldJoined } from '../../patients/rules.ts';
import { personKeyOf } from './rules.ts';

export const systemOf = (source: string) => `urn:frontdesk:source:${source}`;

/** People by their record number in another system. */
export async function findByNumber(db: Db, source: string, numbers: readonly string[]) {
  const { rows } = await sql<{ value: string; patientId: string; mrn: string }>`
    select i.value, p.patient_id, p.mrn from patient_identifiers i
    join patients p on p.practice_id = i.practice_id and p.patient_id = i.patient_id
    where i.system = ${systemOf(source)} and i.value = any (${[...numbers]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.value, row]));
}

export async function findByMrn(db: Db, mrns: readonly string[]) {
  const { rows } = await sql<{ mrn: string; patientId: string }>`
    select mrn, patient_id from patients
    where mrn = any (${[...mrns]}::text[]) and entered_in_error_at is null`.execute(db);
  return new Map(rows.map((row) => [row.mrn, row.patientId]));
}

type Named = { familyName: string; givenName: string };
export type Alike = { patientId: string; mrn: string };

/** People of these names, by name and birth date; those that this import made are left out. */
export async function findAlike(
  db: Db,
  names: readonly Named[],
  importId: string,
): Promise<Map<string, Alike[]>> {
  const wanted = new Map(names.map((one) => [personKeyOf({ ...one, bornOn: null }), one]));
  const folded = [...wanted.values()].map((one) => ({
    family: foldJoined(one.familyName),
    given: foldJoined(one.givenName),
  }));
  const { rows } = await sql<Alike & { family: string; given: string; bornOn: string | null }>`
    select p.patient_id, p.mrn, p.search_family as family, p.search_given as given, p.born_on
    from jsonb_to_recordset(${JSON.stringify(folded)}::jsonb) w (family text, given text)
    join patients p on p.search_family = w.family collate "C" and p.search_given = w.given collate "C"
    where p.entered_in_error_at is null and not exists (
      select from import_rows r where r.import_id = ${importId} and r.record_id = p.patient_id
        and r.person_key = w.family || ' ' || w.given || ' ' || coalesce(p.born_on::text, ''))
    order by p.mrn`.execute(db);
  const found = new Map<string, Alike[]>();
  for (const { family, given, bornOn, patientId, mrn } of rows) {
    const key = `${family} ${given} ${bornOn ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), { patientId, mrn }]);
  }
  return found;
}

/** In which earlier line of the same file a record or a person stands. */
export async function findEarlier(
  db: Db,
  importId: string,
  keys: { records: readonly string[]; people: readonly string[]; others?: readonly string[] },
): Promise<Record<'records' | 'people' | 'others', Map<string, number>>> {
  const { rows } = await sql<{ kind: string; key: string; line: number }>`
    select 'record' as kind, record_key as key, min(line) as line from import_rows
    where import_id = ${importId} and record_key = any (${[...keys.records]}::text[]) group by record_key
    union all
    select 'person', person_key, min(line) from import_rows
    where import_id = ${importId} and person_key = any (${[...keys.people]}::text[]) group by person_key
    union all
    select 'other', other_key, min(line) from import_rows
    where import_id = ${importId} and other_key = any (${[...(keys.others ?? [])]}::text[]) group by other_key`.execute(
    db,
  );
  const of = (kind: string) =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [row.key, row.line]));
  return { records: of('record'), people: of('person'), others: of('other') };
}
