import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { contactColumns } from '../queries.ts';
import type { Contact } from '../schema.ts';
import type { LinkRole, PatientContact } from './schema.ts';

type Row = Contact & Omit<PatientContact, 'contact' | 'version'> & { linkVersion: number };

/**
 * The contacts of a person: primary care first, those that ended last. What two merged records both said stands
 * once.
 */
export async function listPatientContacts(db: Db, patientId: string): Promise<PatientContact[]> {
  const { rows } = await sql<Row>`
    select ${contactColumns}, l.link_id, l.patient_id, l.role, l.since, l.until, l.version as link_version
    from (
      select distinct on (contact_id, role, until) * from patient_contacts
      where patient_id = ${patientId} and entered_in_error_at is null
      order by contact_id, role, until, since, link_id limit 500
    ) l
    join contacts c on c.practice_id = l.practice_id and c.contact_id = l.contact_id
    left join contacts o on o.practice_id = c.practice_id and o.contact_id = c.organization_id
    order by (l.until is not null), l.until desc,
      array_position(array['primary_care', 'referring', 'other'], l.role), l.since desc, l.link_id
    limit 100`.execute(db);
  return rows.map(({ linkId, patientId: id, role, since, until, linkVersion, ...contact }) => ({
    ...{ linkId, patientId: id, role, since, until, version: linkVersion },
    contact,
  }));
}

export type Link = {
  linkId: string;
  contactId: string;
  role: LinkRole;
  since: string;
  until: string | null;
  version: number;
};

/** What is said of a person now, kept from others until this transaction ends; undefined when nobody is here. */
export async function lockPatientLinks(db: Db, patientId: string): Promise<Link[] | undefined> {
  const { rows: people } = await sql`
    select 1 from patients where patient_id = ${patientId} and entered_in_error_at is null
    for no key update`.execute(db);
  if (people.length === 0) return undefined;
  const { rows } = await sql<Link>`
    select link_id, contact_id, role, since, until, version from patient_contacts
    where patient_id = ${patientId} and entered_in_error_at is null
    order by since, link_id limit 500`.execute(db);
  return rows;
}

/** How many of a person's contacts would move, and whether both have a primary care doctor of their own. */
export async function countBoth(
  db: Db,
  fromId: string,
  toId: string,
): Promise<{ count: number; doctors: number }> {
  const { rows } = await sql<{ count: number; doctors: number }>`
    select count(*) filter (where patient_id = ${fromId})::int as count,
      count(distinct contact_id) filter (where role = 'primary_care' and until is null)::int as doctors
    from patient_contacts
    where patient_id in (${fromId}, ${toId}) and entered_in_error_at is null`.execute(db);
  return rows[0] ?? { count: 0, doctors: 0 };
}
