import { sql } from 'kysely';
import { canonicalJson } from '../../platform/audit/chain.ts';
import { entriesOf } from '../../platform/audit/record.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { listLikelySame } from './duplicates/queries.ts';
import * as queries from './queries.ts';
import { filedName, searchName, searchText } from './rules.ts';
import { type Contact, type ContactChange, ContactDraft, type NewContact } from './schema.ts';

const searchColumns = (contact: ContactDraft) => ({
  searchName: searchName(contact),
  searchText: searchText(contact),
});

/** Two desks that add the same NPI do so one after the other, and the second is told. */
export async function holdNpis(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`contacts.npi ${tx.practiceId}`}, 0))`.execute(
    tx.db,
  );
}

/**
 * Keep contacts as they are given, without looking for duplicates (imports, the simulator): no NPI may be here yet.
 * @returns their ids, in order
 */
export async function keepContacts(tx: Tx, contacts: readonly ContactDraft[]): Promise<string[]> {
  if (contacts.length === 0) return [];
  const rows = contacts.map((contact) => ({
    ...contact,
    ...searchColumns(contact),
    contactId: newId(tx.now.getTime()),
  }));
  await sql`
    insert into contacts (practice_id, contact_id, kind, family_name, given_name, middle_name, suffix, credentials,
      specialty, npi, organization_name, organization_id, phones, fax, email, address, reach, note, created_at,
      updated_at, search_name, search_text, search_organization)
    select ${tx.practiceId}, r."contactId", r.kind, r."familyName", r."givenName", r."middleName", r.suffix,
      r.credentials, r.specialty, r.npi, r."organizationName", r."organizationId", r.phones, r.fax, r.email,
      r.address, r.reach, r.note, ${tx.now}, ${tx.now}, r."searchName", r."searchText",
      coalesce(o.search_text, '')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("contactId" uuid, kind text, "familyName" text,
      "givenName" text, "middleName" text, suffix text, credentials text, specialty text, npi text,
      "organizationName" text, "organizationId" uuid, phones jsonb, fax text, email text, address jsonb, reach text,
      note text, "searchName" text, "searchText" text)
    left join contacts o on o.practice_id = ${tx.practiceId} and o.contact_id = r."organizationId"`.execute(
    tx.db,
  );
  const told = { subjectKind: 'contact', alone: 'contact.added', together: 'contact.brought-in' };
  const images = rows.map(({ contactId }, index) => ({
    subjectId: contactId,
    image: contacts[index] ?? {},
  }));
  for (const entry of entriesOf(told, images)) tx.audit(entry);
  tx.touch('contacts', ...rows.map((row) => row.contactId));
  return rows.map((row) => row.contactId);
}

/** Add one at the desk: refused with offers while one likely the same is not named as another one. */
export async function addContact(
  tx: Tx,
  input: NewContact,
  notSameAs: readonly string[] = [],
): Promise<Contact> {
  const contact = ContactDraft.parse(input);
  await refuseNoOrganization(tx, contact.organizationId);
  await holdNpis(tx);
  const likely = await listLikelySame(tx.db, contact);
  refuseTakenNpi(likely, 'contact.npi');
  const unseen = likely.filter((one) => !notSameAs.includes(one.contact.contactId));
  if (unseen.length > 0) {
    throw new Refusal(
      'conflict',
      'This contact may be here already. Open the one at the side, or say that this is another one.',
      { offers: unseen },
    );
  }
  const [contactId = ''] = await keepContacts(tx, [contact]);
  return readBack(tx, contactId);
}

type Likely = Awaited<ReturnType<typeof listLikelySame>>;

function refuseTakenNpi(likely: Likely, field: string): void {
  const holder = likely.find((one) => one.why.includes('same NPI'))?.contact;
  if (!holder) return;
  const message = `This NPI belongs to ${filedName(holder)} already. Check the number, or open that contact.`;
  throw new Refusal('conflict', message, { fields: { [field]: message }, offers: likely });
}

async function refuseNoOrganization(tx: Tx, organizationId: string | null): Promise<void> {
  if (organizationId === null) return;
  const { rows } = await sql`
    select 1 from contacts where contact_id = ${organizationId} and kind = 'organization'
      and entered_in_error_at is null for key share`.execute(tx.db);
  if (rows.length > 0) return;
  throw new Refusal('bad-input', 'Choose the organization from the list, or type its name.');
}

async function readBack(tx: Tx, contactId: string): Promise<Contact> {
  const contact = await queries.findContact(tx.db, contactId);
  if (!contact) throw notFound('contact');
  return contact;
}

async function lockCurrent(tx: Tx, contactId: string, version: number): Promise<Contact> {
  const contact = await queries.lockContact(tx.db, contactId);
  if (!contact || contact.enteredInErrorAt) throw notFound('contact');
  if (contact.version !== version) throw stale('contact', contact);
  return contact;
}

/** What a contact becomes by a change; refused where that is no whole contact. */
function changed(before: Contact, change: ContactChange): ContactDraft {
  const read = ContactDraft.safeParse({ ...before, ...change });
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => [`change.${path.join('.')}`, message]);
  const fields: Record<string, string> = Object.fromEntries(issues);
  throw new Refusal('bad-input', read.error.issues[0]?.message ?? 'Look at what is marked.', { fields });
}

// jsonb keeps keys in an order of its own.
const isSame = (one: unknown, other: unknown) => canonicalJson(one) === canonicalJson(other);

/** Change what is known of a contact, or take it out of use. Saying what is so already changes nothing. */
export async function changeContact(
  tx: Tx,
  contactId: string,
  { version, change }: { version: number; change: ContactChange },
): Promise<Contact> {
  const before = await lockCurrent(tx, contactId, version);
  const next = changed(before, change);
  const active = change.active ?? before.active;
  const wanted: Record<string, unknown> = { ...next, active };
  const was: Record<string, unknown> = before;
  const names = Object.keys(wanted).filter((field) => !isSame(was[field], wanted[field]));
  if (names.length === 0) return before;
  await refuseImpossible(tx, before, next);
  await updateContact(tx, contactId, { ...next, active });
  const pick = (from: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, from[name]]));
  tx.audit({
    action: 'contact.changed',
    subjectKind: 'contact',
    subjectIds: [contactId],
    before: pick(was),
    after: pick(wanted),
  });
  tx.touch('contacts', contactId);
  return readBack(tx, contactId);
}

async function refuseImpossible(tx: Tx, before: Contact, next: ContactDraft): Promise<void> {
  const { contactId } = before;
  if (next.organizationId !== before.organizationId) await refuseNoOrganization(tx, next.organizationId);
  if (next.npi && next.npi !== before.npi) {
    await holdNpis(tx);
    refuseTakenNpi(await listLikelySame(tx.db, next, contactId), 'change.npi');
  }
  if (before.kind !== 'organization' || next.kind === 'organization') return;
  const { members } = await queries.countUse(tx.db, contactId);
  if (members > 0)
    throw new Refusal('conflict', 'Others work at this organization, so it stays one. Change them first.');
}

async function updateContact(
  tx: Tx,
  contactId: string,
  next: ContactDraft & { active: boolean },
): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const search = searchColumns(next);
  await sql`
    update contacts set kind = ${next.kind}, family_name = ${next.familyName}, given_name = ${next.givenName},
      middle_name = ${next.middleName}, suffix = ${next.suffix}, credentials = ${next.credentials},
      specialty = ${next.specialty}, npi = ${next.npi}, organization_name = ${next.organizationName},
      organization_id = ${next.organizationId}, phones = ${json(next.phones)}, fax = ${next.fax},
      email = ${next.email}, address = ${json(next.address)}, reach = ${next.reach}, note = ${next.note},
      active = ${next.active}, search_name = ${search.searchName}, search_text = ${search.searchText},
      search_organization = coalesce((select o.search_text from contacts o
        where o.contact_id = ${next.organizationId}), ''),
      version = version + 1, updated_at = ${tx.now}
    where contact_id = ${contactId}`.execute(tx.db);
  if (next.kind !== 'organization') return;
  // Who works there is found by its words.
  await sql`
    update contacts set search_organization = ${search.searchText}
    where organization_id = ${contactId} and search_organization <> ${search.searchText}`.execute(tx.db);
}

/** The whole contact was entered in error: it is kept, and found no more. */
export async function contactInError(
  tx: Tx,
  contactId: string,
  { version, reason }: { version: number; reason: string },
): Promise<void> {
  await lockCurrent(tx, contactId, version);
  const { links, members } = await queries.countUse(tx.db, contactId);
  if (links + members > 0) {
    throw new Refusal(
      'conflict',
      'Patients or other contacts name this one. Take it out of use instead, or change them first.',
    );
  }
  await sql`
    update contacts set entered_in_error_at = ${tx.now}, version = version + 1, updated_at = ${tx.now}
    where contact_id = ${contactId}`.execute(tx.db);
  const subjectIds = [contactId];
  tx.audit({ action: 'contact.entered-in-error', subjectKind: 'contact', subjectIds, reason });
  tx.touch('contacts', contactId);
}
