import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { fileName } from '../../patients/rules.ts';
import type { RestrictedRow, StaffLinkRow } from '../api.ts';

type Named = Parameters<typeof fileName>[0];
const nameColumns = sql`p.family_name, p.given_name, p.middle_name, p.suffix, p.preferred_name, p.mrn`;

export async function listRestricted(db: Db): Promise<RestrictedRow[]> {
  const { rows } = await sql<Omit<RestrictedRow, 'fileName'> & Named>`
    select r.patient_id, ${nameColumns}, r.kind, r.note, r.roles, r.account_ids, r.care_team, r.set_at, r.version
    from restricted_records r
    join patients p on p.practice_id = r.practice_id and p.patient_id = r.patient_id
    where r.lifted_at is null order by p.search_family, p.search_given, r.patient_id limit 1000`.execute(db);
  return rows.map((row) => ({ ...row, fileName: fileName(row) }));
}

/** Who of the staff is a patient as well. */
export async function listStaffLinks(db: Db): Promise<StaffLinkRow[]> {
  const { rows } = await sql<Omit<StaffLinkRow, 'fileName'> & Named>`
    select l.staff_id, s.display_name, l.patient_id, ${nameColumns}, exists (
      select from restricted_records r where r.practice_id = l.practice_id and r.patient_id = l.patient_id
        and r.lifted_at is null) as restricted
    from staff_patients l
    join staff s on s.practice_id = l.practice_id and s.staff_id = l.staff_id
    join patients p on p.practice_id = l.practice_id and p.patient_id = l.patient_id
    order by s.display_name, l.staff_id limit 1000`.execute(db);
  return rows.map((row) => ({ ...row, fileName: fileName(row) }));
}

type Choice = { id: string; name: string };

/** Whom a record may be opened by, and who may be a patient. */
export async function listChoices(db: Db): Promise<{ accounts: Choice[]; staff: Choice[] }> {
  const { rows: accounts } = await sql<Choice>`
    select account_id as id, display_name as name from accounts where disabled_at is null
    order by display_name, account_id limit 1000`.execute(db);
  const { rows: staff } = await sql<Choice>`
    select staff_id as id, display_name as name from staff where active
    order by display_name, staff_id limit 1000`.execute(db);
  return { accounts, staff };
}

/** The version of a restriction, also of one that was lifted; 0: there never was one. */
export async function restrictionVersion(db: Db, patientId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from restricted_records where patient_id = ${patientId}`.execute(db);
  return rows[0]?.version ?? 0;
}
