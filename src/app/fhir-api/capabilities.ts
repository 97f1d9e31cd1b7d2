import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import { results, type Searchable } from '../../fhir/search.ts';

/** What this server can do, for programs (hl7.org/fhir/R4/capabilitystatement.html). */

type Kind = 'string' | 'token' | 'date' | 'reference';
/** Its type, then its modifiers. */
type Parameter = readonly [kind: Kind, ...modifiers: string[]];
type Spoken = {
  parameters: Readonly<Record<string, Parameter>>;
  sorts: readonly string[];
  includes: readonly string[];
};

const text: Parameter = ['string', 'exact', 'contains', 'missing'];
export const searchables = {
  Patient: {
    parameters: {
      _id: ['token'],
      _lastUpdated: ['date'],
      name: text,
      family: text,
      given: text,
      birthdate: ['date'],
      phone: ['token'],
      email: ['token'],
      identifier: ['token'],
    },
    sorts: ['name', 'family', 'given', 'birthdate', '_lastUpdated', '_id'],
    includes: [],
  },
  RelatedPerson: {
    parameters: { patient: ['reference'] },
    sorts: ['name', '_id'],
    includes: [],
  },
  Practitioner: {
    parameters: { _id: ['token'], name: ['string'], identifier: ['token'], active: ['token'] },
    sorts: ['name', '_id'],
    includes: [],
  },
  Location: {
    parameters: { _id: ['token'], name: ['string'], status: ['token'] },
    sorts: ['name', '_id'],
    includes: [],
  },
  Schedule: {
    parameters: { _id: ['token'], actor: ['reference'], active: ['token'] },
    sorts: ['_id'],
    includes: ['Schedule:actor', 'Schedule:actor:Practitioner'],
  },
  Slot: {
    parameters: {
      schedule: ['reference'],
      start: ['date'],
      status: ['token'],
      'appointment-type': ['token'],
    },
    sorts: ['start'],
    includes: ['Slot:schedule', 'Slot:schedule:Schedule'],
  },
  Appointment: {
    parameters: {
      _id: ['token'],
      patient: ['reference'],
      practitioner: ['reference'],
      location: ['reference'],
      actor: ['reference'],
      date: ['date'],
      status: ['token', 'not'],
    },
    sorts: ['date', '_lastUpdated', '_id'],
    includes: [
      'Appointment:patient',
      'Appointment:patient:Patient',
      'Appointment:practitioner',
      'Appointment:practitioner:Practitioner',
      'Appointment:location',
      'Appointment:location:Location',
      'Appointment:actor',
      'Appointment:actor:Patient',
      'Appointment:actor:Practitioner',
      'Appointment:actor:Location',
    ],
  },
} as const satisfies Record<string, Spoken>;

export type ServedType = keyof typeof searchables;
export const servedTypes = Object.keys(searchables) as ServedType[];
const spokenOf = (type: ServedType): Spoken => searchables[type];

export function searchableOf(type: ServedType): Searchable {
  const { parameters, sorts, includes } = spokenOf(type);
  const modifiers = Object.entries(parameters).map(([name, [, ...own]]) => [name, own]);
  return { parameters: Object.fromEntries(modifiers), sorts, includes };
}

/** Every way to write a parameter of this type. */
export const namesOf = (type: ServedType): string[] =>
  Object.entries(spokenOf(type).parameters).flatMap(([name, [, ...modifiers]]) => [
    name,
    ...modifiers.map((modifier) => `${name}:${modifier}`),
  ]);

const written = ['Patient', 'Appointment'];
const argonaut = 'http://fhir.org/guides/argonaut/scheduling/OperationDefinition';

function parameterOf([name, [type, ...modifiers]]: [string, Parameter]) {
  const takes = modifiers.map((one) => `:${one}`).join(', ');
  return { name, type, ...(takes ? { documentation: `Modifiers: ${takes}.` } : {}) };
}

function resourceOf(type: ServedType): CapabilityStatementRestResource {
  const isWritten = written.includes(type);
  const codes = ['read', 'search-type', ...(isWritten ? ['create', 'update', 'patch'] : [])] as const;
  const { parameters, sorts, includes } = spokenOf(type);
  const whose = type === 'RelatedPerson' ? 'Give the patient: without one nobody is told. ' : '';
  return {
    type,
    documentation: `${whose}_sort takes ${sorts.join(', ')}.`,
    interaction: codes.map((code) => ({ code }) as { code: 'read' }),
    versioning: isWritten ? 'versioned-update' : 'no-version',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: isWritten,
    conditionalRead: 'not-match',
    conditionalUpdate: false,
    ...(includes.length > 0 ? { searchInclude: [...includes] } : {}),
    searchParam: Object.entries(parameters).map(parameterOf),
    ...(type === 'Appointment'
      ? {
          operation: [
            { name: 'find', definition: `${argonaut}/appointment-find` },
            { name: 'book', definition: `${argonaut}/appointment-book` },
          ],
        }
      : {}),
  };
}

/** What holds of every type, for whoever writes a program. */
const documentation = [
  'Search people with POST _search, so that no name stands in an address.',
  'Updates name the version that they saw (If-Match, or meta.versionId); a patch may. Prefer: return= is heard.',
  `Every search takes ${results.join(', ')}; follow the next links, they stay in step while records come and go.`,
  '_total=accurate tells the total on every page, _total=none on none; _summary=count and _count=0 tell it alone.',
  'Sorting Appointments by _lastUpdated needs another parameter beside it.',
  'What is not known here (a parameter, a sort, an include) is left out, and the self link says what was used;',
  'with Prefer: handling=strict it is refused (400). A modifier that is not named here is always refused.',
].join(' ');

export function capabilities(): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-25',
    kind: 'instance',
    software: { name: 'Frontdesk' },
    implementation: { description: 'The front office of a medical practice' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        documentation,
        security: {
          cors: false,
          description: 'Authorization: Bearer <access key>. A manager makes keys in Settings, Programs.',
        },
        resource: servedTypes.map(resourceOf),
      },
    ],
  };
}
