import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { readSearch } from './rules.ts';
import type { Contact, ContactKind } from './schema.ts';

/** The columns of a Contact, of tables named c and (its organization) o. */
export const contactColumns = sql`c.contact_id, c.kind, c.family_name, c.given_name, c.middle_name, c.suffix,
  c.credentials, c.specialty, c.npi, c.organization_name, c.organization_id, c.phones, c.fax, c.email, c.address,
  c.reach, c.note, c.active, c.entered_in_error_at, c.version,
  case when o.contact_id is null then null else jsonb_build_object('name', o.organization_name,
    'phone', coalesce(o.phones #>> '{0,number}', ''), 'fax', o.fax) end as organization`;

export const contactTables = sql`contacts c
  left join contacts o on o.practice_id = c.practice_id and o.contact_id = c.organization_id`;

export async function findContact(db: Db, contactId: string): Promise<Contact | undefined> {
  const { rows } = await sql<Contact>`
    select ${contactColumns} from ${contactTables} where c.contact_id = ${contactId}`.execute(db);
  return rows[0];
}

/** As findContact, kept from others until this transaction ends. */
export async function lockContact(db: Db, contactId: string): Promise<Contact | undefined> {
  await sql`select 1 from contacts where contact_id = ${contactId} for update`.execute(db);
  return findContact(db, contactId);
}

export type Search = {
  text: string;
  limit: number;
  inactive?: boolean | undefined;
  kind?: ContactKind | undefined;
};

/**
 * Contacts by any scrap; those whose name begins so first, those out of use last. One pass over the practice's
 * contacts: LIKE may not use an index under row-level security (docs/decisions/0003); not yet measured at 5,000.
 */
export async function searchContacts(
  db: Db,
  { text, limit, inactive = false, kind }: Search,
): Promise<{ contacts: Contact[]; more: boolean }> {
  const { patterns, first } = readSearch(text);
  const { rows } = await sql<Contact>`
    with found as materialized (
      select contact_id, active, search_name, search_name like ${`${first}%`} as begins from contacts
      where entered_in_error_at is null and (active or ${inactive})
        and (${kind ?? null}::text is null or kind = ${kind ?? null})
        and (search_text || search_organization) like all (${patterns}::text[])
      order by active desc, begins desc, search_name, contact_id limit ${limit + 1}
    )
    select ${contactColumns} from found f join contacts c on c.contact_id = f.contact_id
    left join contacts o on o.practice_id = c.practice_id and o.contact_id = c.organization_id
    order by f.active desc, f.begins desc, f.search_name, f.contact_id`.execute(db);
  return { contacts: rows.slice(0, limit), more: rows.length > limit };
}

/** Contacts of these names or NPIs, in the order of the directory: among them may be the ones described. */
export async function listNamed(
  db: Db,
  names: readonly string[],
  npis: readonly string[],
): Promise<Contact[]> {
  const { rows } = await sql<Contact>`
    select ${contactColumns} from ${contactTables}
    where c.entered_in_error_at is null
      and (c.search_name = any (${[...names]}::text[]) or c.npi = any (${[...npis]}::text[]))
    order by c.search_name, c.contact_id limit 5000`.execute(db);
  return rows;
}

/** Organizations in use by the folded words of their names; a name that two have is left out. */
export async function listOrganizations(db: Db, names: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ searchName: string; contactId: string }>`
    select search_name, min(contact_id::text) as contact_id from contacts
    where kind = 'organization' and entered_in_error_at is null and active
      and search_name = any (${[...names]}::text[])
    group by search_name having count(*) = 1 order by search_name limit 5000`.execute(db);
  return new Map(rows.map((row) => [row.searchName, row.contactId]));
}

/** How many people name a contact now, and who works at an organization. */
export async function countUse(
  db: Db,
  contactId: string,
): Promise<{ patients: number; links: number; members: number }> {
  const { rows } = await sql<{ patients: number; links: number; members: number }>`
    select count(distinct l.patient_id) filter (where l.until is null)::int as patients, count(*)::int as links,
      (select count(*)::int from contacts m where m.organization_id = ${contactId}
        and m.entered_in_error_at is null) as members
    from patient_contacts l where l.contact_id = ${contactId} and l.entered_in_error_at is null`.execute(db);
  return rows[0] ?? { patients: 0, links: 0, members: 0 };
}
