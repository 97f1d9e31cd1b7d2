import type { Flag, Patient as Resource } from '@medplum/fhirtypes';
import type { Patient } from '../queries.ts';
import type { Contact } from '../schema.ts';

/** A person as FHIR R4 says it (hl7.org/fhir/R4/patient.html). The way back is in taken/fhir.ts. */

export const contactKindSystem = 'urn:frontdesk:contact-kind';
const interpreter = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';
const maritalSystem = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus';

const maritalCodes: Record<string, string> = {
  Annulled: 'A',
  Divorced: 'D',
  Separated: 'L',
  Married: 'M',
  Single: 'S',
  Partner: 'T',
  Widowed: 'W',
};

type Known = { system: string; value: string };

/** MRNs are this practice's: their system is the practice itself. */
export const mrnSystem = (practiceId: string) => `urn:uuid:${practiceId}`;

/** What has no text is left out: FHIR has no empty strings. */
const some = <T extends string>(name: T, text: string | null | undefined) =>
  (text ? { [name]: text } : {}) as { [K in T]?: string };
const list = <T extends string, V>(name: T, values: V[]) =>
  (values.length > 0 ? { [name]: values } : {}) as { [K in T]?: V[] };

export function toPatientResource(
  patient: Patient & { identifiers: readonly Known[] },
  practiceId: string,
): Resource {
  const deceased = patient.deceasedOn
    ? { deceasedDateTime: patient.deceasedOn }
    : { deceasedBoolean: patient.deceased };
  const marital = maritalCodes[patient.maritalStatus];
  return {
    resourceType: 'Patient',
    id: patient.patientId,
    meta: { versionId: String(patient.version), lastUpdated: patient.updatedAt },
    ...(patient.interpreterNeeded ? { extension: [{ url: interpreter, valueBoolean: true }] } : {}),
    identifier: [
      {
        use: 'usual',
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
        system: mrnSystem(practiceId),
        value: patient.mrn,
      },
      ...patient.identifiers.map(({ system, value }) => ({ system, value })),
    ],
    active: patient.enteredInErrorAt === null,
    name: namesOf(patient),
    ...list('telecom', telecomOf(patient)),
    gender: patient.sex,
    ...some('birthDate', patient.bornOn),
    ...deceased,
    ...list('address', patient.addresses.map(addressOf)),
    ...(patient.maritalStatus
      ? {
          maritalStatus: {
            ...(marital ? { coding: [{ system: maritalSystem, code: marital }] } : {}),
            text: patient.maritalStatus,
          },
        }
      : {}),
    ...list('contact', patient.contacts.map(contactOf)),
    communication: [
      { language: { coding: [{ system: 'urn:ietf:bcp:47', code: patient.language }] }, preferred: true },
    ],
  };
}

function namesOf(patient: Patient): Resource['name'] {
  const given = [patient.givenName, patient.middleName].filter((name) => name !== '');
  return [
    {
      use: 'official',
      family: patient.familyName,
      ...list('given', given),
      ...list('suffix', [patient.suffix].filter(Boolean)),
    },
    ...(patient.preferredName ? [{ use: 'nickname' as const, given: [patient.preferredName] }] : []),
    ...patient.formerNames.map((text) => ({ use: 'old' as const, text })),
  ];
}

function telecomOf(patient: Patient): NonNullable<Resource['telecom']> {
  const phones = patient.phones.map((phone) => ({
    system: 'phone' as const,
    value: phone.number,
    ...(phone.kind === 'other' ? {} : { use: phone.kind }),
    ...(phone.preferred ? { rank: 1 } : {}),
  }));
  return [...phones, ...(patient.email ? [{ system: 'email' as const, value: patient.email }] : [])];
}

const addressUses = { home: 'home', work: 'work', temporary: 'temp' } as const;

function addressOf(address: Patient['addresses'][number]): NonNullable<Resource['address']>[number] {
  const kind = address.kind;
  return {
    ...(kind === 'mailing' || kind === 'other' ? {} : { use: addressUses[kind] }),
    type: kind === 'mailing' ? 'postal' : 'both',
    ...list('line', [address.line1, address.line2].filter(Boolean)),
    ...some('city', address.city),
    ...some('state', address.state),
    ...some('postalCode', address.zip),
    ...some('country', address.country),
  };
}

function contactOf(contact: Contact): NonNullable<Resource['contact']>[number] {
  return {
    relationship: [
      {
        coding: [
          { system: contactKindSystem, code: contact.kind },
          ...(contact.kind === 'emergency'
            ? [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'C' }]
            : []),
        ],
        ...some('text', contact.relationship),
      },
    ],
    name: { text: contact.name },
    ...(contact.phone ? { telecom: [{ system: 'phone', value: contact.phone }] } : {}),
  };
}

export type AlertRow = {
  alertId: string;
  patientId: string;
  text: string;
  createdAt: string;
  enteredInErrorAt: string | null;
  version: number;
};

/** An alert (hl7.org/fhir/R4/flag.html). */
export function toFlag(alert: AlertRow): Flag {
  return {
    resourceType: 'Flag',
    id: alert.alertId,
    meta: { versionId: String(alert.version) },
    status: alert.enteredInErrorAt ? 'entered-in-error' : 'active',
    code: { text: alert.text },
    subject: { reference: `Patient/${alert.patientId}` },
    period: {
      start: alert.createdAt,
      ...(alert.enteredInErrorAt ? { end: alert.enteredInErrorAt } : {}),
    },
  };
}

/** How a record and those that became part of it point at each other (Patient.link), and their old numbers. */
export function withMerges(
  resource: Resource,
  { mergedInto, formerMrns }: Pick<Patient, 'mergedInto' | 'formerMrns'>,
  partIds: readonly string[],
  practiceId: string,
): Resource {
  const other = (id: string) => ({ reference: `Patient/${id}` });
  const link = [
    ...(mergedInto ? [{ other: other(mergedInto), type: 'replaced-by' as const }] : []),
    ...partIds.map((id) => ({ other: other(id), type: 'replaces' as const })),
  ];
  const former = formerMrns.map((value) => ({ use: 'old' as const, system: mrnSystem(practiceId), value }));
  return { ...resource, identifier: [...(resource.identifier ?? []), ...former], ...list('link', link) };
}
