import { sql } from 'kysely';
import {
  type ContactPoint,
  type FhirAddress,
  FhirFault,
  FhirPatient,
  type HumanName,
  knownBy,
  readResource,
} from '../../fhir/resources.ts';
import { isDate } from '../../platform/calendar/dates.ts';
import type { FhirImporter, FhirSource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type KeptPatient, keepPatients } from './commands.ts';
import { type Address, type Contact, PatientDraft, type Phone, toE164, usStateCode } from './schema.ts';

type Known = { system: string; value: string };

/** Take a FHIR R4 Patient. One who is known by an identifier stays as the office keeps them: 'same'. */
async function takePatient(tx: Tx, resource: Record<string, unknown>, source: FhirSource) {
  const read = readResource(FhirPatient, resource);
  if (read.active === false) {
    source.remark('is marked inactive and was left out');
    return 'skipped' as const;
  }
  const patient = asPatient(read, source);
  const identifiers = knownBy(read);
  if (identifiers.length === 0) throw new FhirFault('.identifier', 'has neither an identifier nor an id');
  const name = `${patient.givenName} ${patient.familyName}`.trim();
  const known = await findByIdentifier(tx.db, identifiers);
  if (known) {
    source.isRecord({ resourceType: 'Patient', recordId: known, name });
    return 'same' as const;
  }
  if (patient.bornOn && patient.bornOn > tx.now.toISOString().slice(0, 10)) {
    throw new FhirFault('.birthDate', 'lies ahead');
  }
  const [made] = await keepPatients(tx, [patient]);
  if (made) {
    await keepIdentifiers(tx, made.patientId, identifiers);
    source.isRecord({ resourceType: 'Patient', recordId: made.patientId, name });
  }
  return 'made' as const;
}

export const patientImporter: FhirImporter = { resourceTypes: ['Patient'], take: takePatient };

async function findByIdentifier(db: Db, identifiers: readonly Known[]): Promise<string | undefined> {
  const { rows } = await sql<{ patientId: string }>`
    select i.patient_id from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    join patient_identifiers i on i.system = k.system and i.value = k.value limit 1`.execute(db);
  return rows[0]?.patientId;
}

async function keepIdentifiers(tx: Tx, patientId: string, identifiers: readonly Known[]): Promise<void> {
  await sql`
    insert into patient_identifiers (practice_id, system, value, patient_id)
    select ${tx.practiceId}, k.system, k.value, ${patientId}
    from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    on conflict do nothing`.execute(tx.db);
}

const within = (text: string | undefined, longest: number) => (text ?? '').trim().slice(0, longest);

/** The patient that a resource describes; what fits nowhere stands in the note, and is remarked on. */
export function asPatient(read: FhirPatient, source: FhirSource): KeptPatient {
  const notes: string[] = [];
  const named = asNames(read.name);
  const draft = PatientDraft.parse({
    ...named,
    sex: read.gender ?? birthSex(read),
    bornOn: wholeDate(read.birthDate, 'birthDate', source),
    email: asEmail(read.telecom ?? []),
    maritalStatus: asMaritalStatus(read),
    ...asLanguage(read),
  });
  const deceasedOn = wholeDate(read.deceasedDateTime?.slice(0, 10), 'deceasedDateTime', source);
  const phones = asPhones(read.telecom ?? [], notes, source);
  return {
    ...draft,
    phones,
    addresses: (read.address ?? [])
      .filter((address) => address.use !== 'old')
      .map(asAddress)
      .slice(0, 6),
    contacts: asContacts(read),
    note: within(notes.join('\n'), 2000),
    deceased: read.deceasedDateTime !== undefined || read.deceasedBoolean === true,
    deceasedOn,
  };
}

function asNames(names: readonly HumanName[]) {
  const of = (...uses: string[]) => names.find((name) => uses.includes(name.use ?? ''));
  const legal =
    of('official') ?? of('usual') ?? names.find((name) => name.use !== 'maiden' && name.use !== 'old');
  const name = legal ?? names[0];
  const spoken = (name?.text ?? '').trim().split(/\s+/);
  const familyName = within(name?.family ?? spoken.at(-1), 100);
  if (familyName === '') throw new FhirFault('.name', 'has no family name');
  const given = name?.given ?? (name?.family ? [] : spoken.slice(0, -1));
  const usual = of('usual', 'nickname');
  const preferredName = usual && usual !== name ? within(usual.given?.[0] ?? usual.text, 100) : '';
  return {
    familyName,
    givenName: within(given[0], 100),
    middleName: within(given.slice(1).join(' '), 100),
    suffix: within(name?.suffix?.join(' '), 20),
    preferredName: preferredName === given[0] ? '' : preferredName,
    formerNames: names
      .filter((one) => one !== name && (one.use === 'maiden' || one.use === 'old'))
      .map((one) => within(one.text ?? [...(one.given ?? []), one.family ?? ''].join(' '), 200))
      .filter((former) => former !== '')
      .slice(0, 10),
  };
}

function wholeDate(date: string | undefined, element: string, source: FhirSource): string | null {
  if (date === undefined) return null;
  if (isDate(date)) return date;
  if (date.length === 10) throw new FhirFault(`.${element}`, 'is no date of the calendar');
  source.remark(`${element} is not a whole date and was left open`);
  return null;
}

function birthSex(read: FhirPatient) {
  const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex';
  const code = read.extension?.find((one) => one.url === url)?.valueCode;
  return code === 'F' ? 'female' : code === 'M' ? 'male' : 'unknown';
}

function asEmail(telecom: readonly ContactPoint[]): string {
  const email = telecom.find((point) => point.system === 'email')?.value?.trim() ?? '';
  return PatientDraft.shape.email.safeParse(email).success ? email : '';
}

const phoneKindOf: Record<string, Phone['kind']> = { mobile: 'mobile', home: 'home', work: 'work' };

function asPhones(telecom: readonly ContactPoint[], notes: string[], source: FhirSource): Phone[] {
  const isCalled = (point: ContactPoint) => point.system === 'phone' || point.system === 'sms';
  const plain = { note: '', mayText: false, mayLeaveVoicemail: false };
  const phones = telecom.flatMap((point, index) => {
    if (!isCalled(point) || point.use === 'old' || !point.value) return [];
    const number = toE164(point.value);
    if (number) {
      return [
        { ...plain, kind: phoneKindOf[point.use ?? ''] ?? 'other', number, preferred: point.rank === 1 },
      ];
    }
    notes.push(`Phone as imported: ${within(point.value, 60)}`);
    source.remark(`telecom[${index}] is no phone number and stands in the note`);
    return [];
  });
  return phones.slice(0, 10);
}

function asAddress(address: FhirAddress): Address {
  const kinds: Record<string, Address['kind']> = { work: 'work', temp: 'temporary', billing: 'mailing' };
  const [line1, ...more] = address.line ?? [];
  const country = within(address.country, 60).toUpperCase();
  const us = ['', 'US', 'USA', 'UNITED STATES', 'UNITED STATES OF AMERICA'].includes(country);
  const state = within(address.state, 40);
  return {
    kind: address.type === 'postal' ? 'mailing' : (kinds[address.use ?? ''] ?? 'home'),
    line1: within(line1, 120),
    line2: within(more.join(', '), 120),
    city: within(address.city, 80),
    state: us ? (usStateCode(state) ?? state) : state,
    zip: within(address.postalCode, 12),
    country: us ? 'US' : country.slice(0, 2),
  };
}

/** http://terminology.hl7.org/CodeSystem/v3-MaritalStatus */
const maritalWords: Record<string, string> = {
  A: 'Annulled',
  D: 'Divorced',
  I: 'Separated',
  L: 'Separated',
  M: 'Married',
  P: 'Married',
  S: 'Single',
  T: 'Partner',
  U: 'Single',
  W: 'Widowed',
};

function asMaritalStatus(read: FhirPatient): string {
  const code = read.maritalStatus?.coding?.[0]?.code ?? '';
  return maritalWords[code] ?? '';
}

function asLanguage(read: FhirPatient) {
  const spoken = read.communication ?? [];
  const first = spoken.find((one) => one.preferred) ?? spoken[0];
  const code = first?.language.coding?.[0]?.code ?? '';
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';
  return {
    language: PatientDraft.shape.language.safeParse(code).success ? code : 'en',
    interpreterNeeded: read.extension?.find((one) => one.url === url)?.valueBoolean === true,
  };
}

function asContacts(read: FhirPatient): Contact[] {
  return (read.contact ?? [])
    .map((contact) => {
      const { name, relationship, telecom } = contact;
      const phone = telecom?.find((point) => point.system === 'phone')?.value ?? '';
      const relation = relationship?.[0];
      return {
        kind: 'emergency' as const,
        name: within(name?.text ?? [...(name?.given ?? []), name?.family ?? ''].join(' '), 120),
        relationship: within(relation?.text ?? relation?.coding?.[0]?.display, 60),
        phone: toE164(phone) ?? '',
        note: '',
      };
    })
    .filter((contact) => contact.name !== '')
    .slice(0, 10);
}
