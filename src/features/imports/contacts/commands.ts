import type { Tx } from '../../../platform/db/transaction.ts';
import { holdNpis, keepContacts } from '../../contacts/commands.ts';
import { whyAlike } from '../../contacts/duplicates/rules.ts';
import { keepKnownAs } from '../../contacts/identifiers/commands.ts';
import { findKnownAs } from '../../contacts/identifiers/queries.ts';
import { listNamed, listOrganizations } from '../../contacts/queries.ts';
import { filedName, searchName } from '../../contacts/rules.ts';
import type { Contact, ContactDraft } from '../../contacts/schema.ts';
import { foldJoined } from '../../patients/rules.ts';
import type { ImportWork, Judged, ReadLine } from '../lines/rules.ts';
import { findEarlier, systemOf } from '../people/queries.ts';
import { listOwn } from './queries.ts';
import { type ReadContact, readContact } from './rules.ts';

type Candidate = { read: ReadLine; one: ReadContact };
type Found = {
  earlier: { records: Map<string, number>; people: Map<string, number>; others: Map<string, number> };
  byNumber: Map<string, string>;
  /** contacts of these names or NPIs that were here before this import */
  here: readonly Contact[];
  /** organizations that were here before this import, by folded name */
  places: Map<string, string>;
};

/** Take contacts in, or only say what would become of them: the same is found either way. */
export async function takeContacts(tx: Tx, work: ImportWork, lines: readonly ReadLine[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  const candidates: Candidate[] = [];
  for (const read of lines) {
    const one = readContact(read.cells, work.headed);
    if (Array.isArray(one)) judged.push({ ...read, outcome: 'fault', problems: one });
    else candidates.push({ read, one });
  }
  if (!work.dry) await holdNpis(tx);
  const found = await find(tx, work, candidates);
  const fresh: { candidate: Candidate; judged: Judged }[] = [];
  for (const candidate of candidates) {
    const one = judge(work, candidate, found);
    judged.push(one);
    if (one.outcome === 'made') fresh.push({ candidate, judged: one });
  }
  if (!work.dry) await keep(tx, work, fresh);
  return judged;
}

async function find(tx: Tx, work: ImportWork, candidates: readonly Candidate[]): Promise<Found> {
  const contacts = candidates.map(({ one }) => one.contact);
  const numbers = candidates.flatMap(({ one }) => one.externalId ?? []);
  const npis = contacts.flatMap((contact) => contact.npi ?? []);
  const named = await listNamed(tx.db, [...new Set(contacts.map(searchName))], npis);
  const places = await listOrganizations(tx.db, placesOf(contacts));
  const ids = [...named.map((contact) => contact.contactId), ...places.values()];
  const own = await listOwn(tx.db, work.importId, ids);
  return {
    earlier: await findEarlier(tx.db, work.importId, {
      records: numbers,
      people: candidates.map(({ one }) => one.contactKey),
      others: npis,
    }),
    byNumber: await findKnownAs(tx.db, systemOf(work.options.source), numbers),
    here: named.filter((contact) => !own.has(contact.contactId)),
    places: new Map([...places].filter(([, contactId]) => !own.has(contactId))),
  };
}

/** The folded names of where people work. */
function placesOf(contacts: readonly ContactDraft[]): string[] {
  const people = contacts.filter((contact) => contact.kind !== 'organization');
  return [...new Set(people.map((contact) => foldJoined(contact.organizationName)).filter(Boolean))];
}

function judge(work: ImportWork, { read, one }: Candidate, found: Found): Judged {
  const { externalId, contactKey, contact } = one;
  const no = (outcome: 'fault' | 'alike', field: string, what: string): Judged => ({
    ...read,
    outcome,
    recordKey: outcome === 'alike' ? externalId : null,
    problems: [{ column: work.headed(field), what }],
  });
  const seen = takeEarlier(found, one, read.line);
  if (seen.record !== undefined) return no('fault', 'externalId', `stands in line ${seen.record} already`);
  if (seen.npi !== undefined) return no('fault', 'npi', `stands in line ${seen.npi} already`);
  const keyed = { ...read, recordKey: externalId, personKey: contactKey, otherKey: contact.npi };
  if (externalId !== null && found.byNumber.has(externalId)) return { ...keyed, outcome: 'same' };
  if (contact.npi && found.here.some((other) => other.npi === contact.npi))
    return { ...keyed, outcome: 'same' };
  if (work.options.alsoAlike) return { ...keyed, outcome: 'made' };
  const field = nameFieldOf(read, contact);
  if (seen.twin !== undefined) return no('alike', field, `is likely that of line ${seen.twin}`);
  const organizationId = found.places.get(foldJoined(contact.organizationName)) ?? null;
  const [like] = found.here.filter((other) => whyAlike({ ...contact, organizationId }, other).length > 0);
  if (!like) return { ...keyed, outcome: 'made' };
  const why = whyAlike({ ...contact, organizationId }, like).join(', ');
  return {
    ...no('alike', field, `is likely ${filedName(like)} of the directory: ${why}`),
    personKey: contactKey,
  };
}

/** In which line before this one its number, NPI or name stand; from now on they stand in this one. */
function takeEarlier({ earlier }: Found, { externalId, contactKey, contact }: ReadContact, line: number) {
  const noted = (known: Map<string, number>, key: string | null) => {
    if (key === null) return undefined;
    const before = known.get(key);
    if (before === undefined) known.set(key, line);
    return before;
  };
  const record = noted(earlier.records, externalId);
  const npi = record === undefined ? noted(earlier.others, contact.npi) : undefined;
  const twin = record ?? npi ?? noted(earlier.people, contactKey);
  return { record, npi, twin };
}

function nameFieldOf({ cells }: ReadLine, { kind }: ContactDraft): string {
  const fields = kind === 'organization' ? ['organizationName', 'fullName'] : ['familyName', 'fullName'];
  return fields.find((field) => cells[field]) ?? 'familyName';
}

type Fresh = { candidate: Candidate; judged: Judged };

/** Organizations first: who stands below one in the file works there. */
async function keep(tx: Tx, work: ImportWork, fresh: readonly Fresh[]): Promise<void> {
  const isPlace = ({ candidate }: Fresh) => candidate.one.contact.kind === 'organization';
  const people = fresh.filter((one) => !isPlace(one));
  const before = await listOrganizations(
    tx.db,
    placesOf(people.map(({ candidate }) => candidate.one.contact)),
  );
  const places = fresh.filter(isPlace);
  await keepSome(tx, work, places, (contact) => contact);
  await keepSome(tx, work, people, (contact, line) => {
    const name = foldJoined(contact.organizationName);
    // An undo takes later lines back first, so only an earlier line can be named.
    const above = places.filter(
      ({ candidate }) => candidate.read.line < line && searchName(candidate.one.contact) === name,
    );
    const ids = [before.get(name), ...above.map(({ judged }) => judged.recordId)].flatMap((id) => id ?? []);
    const [organizationId] = ids;
    if (name === '' || ids.length !== 1 || !organizationId) return contact;
    return { ...contact, organizationId, organizationName: '' };
  });
}

async function keepSome(
  tx: Tx,
  work: ImportWork,
  fresh: readonly Fresh[],
  linked: (contact: ContactDraft, line: number) => ContactDraft,
): Promise<void> {
  const drafts = fresh.map(({ candidate: { one, read } }) => linked(one.contact, read.line));
  const ids = await keepContacts(tx, drafts);
  const system = systemOf(work.options.source);
  const known = fresh.flatMap(({ candidate, judged }, index) => {
    const contactId = ids[index] ?? '';
    judged.recordId = contactId;
    const value = candidate.one.externalId;
    return value === null ? [] : [{ contactId, system, value }];
  });
  await keepKnownAs(tx, known);
}
