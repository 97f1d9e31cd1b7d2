import {
  type FhirAddress,
  FhirFault,
  FhirOrganization,
  knownBy,
  readResource,
} from '../../fhir/resources.ts';
import type { FhirImporter, FhirSource } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { toE164, usStateCode } from '../patients/schema.ts';
import { npiFault } from '../practice/rules.ts';
import { holdNpis, keepContacts } from './commands.ts';
import { keepKnownAs } from './identifiers/commands.ts';
import { findKnownBy } from './identifiers/queries.ts';
import { listNamed } from './queries.ts';
import { ContactDraft, type ContactPhone } from './schema.ts';

const npiSystem = 'http://hl7.org/fhir/sid/us-npi';
/** http://terminology.hl7.org/CodeSystem/organization-type: who pays is no place that people are sent to */
const payerCodes = new Set(['ins', 'pay']);

/** Take a FHIR R4 Organization. One known by an identifier or NPI stays as the office keeps it: 'same'. */
async function takeOrganization(tx: Tx, resource: Record<string, unknown>, source: FhirSource) {
  const read = readResource(FhirOrganization, resource);
  const why = whyLeftOut(read);
  if (why) {
    source.remark(why);
    return 'skipped' as const;
  }
  const identifiers = knownBy(read);
  if (identifiers.length === 0) throw new FhirFault('.identifier', 'has neither an identifier nor an id');
  const contact = asOrganization(read, source);
  const known = (await findKnownBy(tx.db, identifiers)) ?? (await holderOf(tx, contact.npi));
  const contactId = known ?? (await keepContacts(tx, [contact]))[0] ?? '';
  await keepKnownAs(
    tx,
    identifiers.map((identifier) => ({ ...identifier, contactId })),
  );
  source.isRecord({ resourceType: 'Organization', recordId: contactId, name: contact.organizationName });
  return known ? ('same' as const) : ('made' as const);
}

async function holderOf(tx: Tx, npi: string | null): Promise<string | undefined> {
  if (!npi) return undefined;
  await holdNpis(tx);
  return (await listNamed(tx.db, [], [npi]))[0]?.contactId;
}

export const organizationImporter: FhirImporter = { resourceTypes: ['Organization'], take: takeOrganization };

function whyLeftOut(read: FhirOrganization): string | null {
  if (read.active === false) return 'is marked inactive and was left out';
  const codes = (read.type ?? []).flatMap((type) => (type.coding ?? []).map((coding) => coding.code ?? ''));
  return codes.some((code) => payerCodes.has(code)) ? 'is an insurer and was left out' : null;
}

const within = (text: string | undefined, longest: number) => (text ?? '').trim().slice(0, longest);

/** The organization that a resource describes; what fits nowhere stands in the note, and is remarked on. */
export function asOrganization(read: FhirOrganization, source: FhirSource): ContactDraft {
  const organizationName = within(read.name, 200);
  if (organizationName === '') throw new FhirFault('.name', 'has no name');
  const notes: string[] = [];
  const type = read.type?.[0];
  const draft = {
    kind: 'organization' as const,
    organizationName,
    specialty: within(type?.text ?? type?.coding?.[0]?.display, 100),
    npi: asNpi(read, source),
    ...asReach(read, notes, source),
    address: asAddress((read.address ?? []).find((address) => address.use !== 'old') ?? {}),
  };
  return ContactDraft.parse({ ...draft, note: within(notes.join('\n'), 1000) });
}

/** Phones, fax and e-mail; what is no number, and a second fax, stands in the note. */
function asReach(read: FhirOrganization, notes: string[], source: FhirSource) {
  const phones: ContactPhone[] = [];
  let fax = '';
  let email = '';
  const points = [...(read.telecom ?? []).entries()].filter(
    ([, point]) => point.use !== 'old' && point.value,
  );
  for (const [index, { system = '', value = '' }] of points) {
    const number = toE164(value);
    const isEmail = system === 'email' && ContactDraft.safeParse({ familyName: '-', email: value }).success;
    if (system === 'phone' && number && phones.length < 6) phones.push({ kind: 'office', number, note: '' });
    else if (system === 'fax' && number && fax === '') fax = number;
    else if (isEmail && email === '') email = value;
    else if (['phone', 'fax', 'email'].includes(system)) {
      notes.push(`As imported: ${system} ${within(value, 60)}`);
      source.remark(`telecom[${index}] has no place of its own and stands in the note`);
    }
  }
  return { phones, fax, email };
}

function asAddress(address: FhirAddress) {
  const [line1, ...more] = address.line ?? [];
  const state = within(address.state, 40);
  const code = usStateCode(state);
  const zip = within(address.postalCode, 12);
  return {
    line1: within(line1, 120),
    line2: within(more.join(', '), 120),
    city: within(address.city, 80),
    state: code ?? state,
    // Numbers of spreadsheets lose the zero that the ZIP codes of New England begin with.
    zip: code && /^\d{4}$/.test(zip) ? `0${zip}` : zip,
  };
}

function asNpi(read: FhirOrganization, source: FhirSource): string | null {
  const index = (read.identifier ?? []).findIndex((one) => one.system === npiSystem);
  const npi = read.identifier?.[index]?.value;
  if (!npi) return null;
  if (npiFault(npi) === null) return npi;
  source.remark(
    `identifier[${index}] is no NPI (its check digit does not fit) and is kept as an identifier only`,
  );
  return null;
}
