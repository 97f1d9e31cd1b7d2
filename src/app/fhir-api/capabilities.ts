import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';

/** What this server can do, for programs (hl7.org/fhir/R4/capabilitystatement.html). */

type Parameter = 'string' | 'token' | 'date' | 'reference';
export const parametersOf = {
  Patient: {
    _id: 'token',
    _lastUpdated: 'date',
    name: 'string',
    family: 'string',
    given: 'string',
    birthdate: 'date',
    phone: 'token',
    email: 'token',
    identifier: 'token',
  },
  Practitioner: { _id: 'token', name: 'string', identifier: 'token', active: 'token' },
  Location: { _id: 'token', name: 'string', status: 'token' },
  Schedule: { _id: 'token', actor: 'reference', active: 'token' },
  Slot: { schedule: 'reference', start: 'date', status: 'token' },
  Appointment: {
    _id: 'token',
    patient: 'reference',
    practitioner: 'reference',
    location: 'reference',
    actor: 'reference',
    date: 'date',
    status: 'token',
  },
} as const satisfies Record<string, Record<string, Parameter>>;

export type ServedType = keyof typeof parametersOf;
export const namesOf = (type: ServedType) => Object.keys(parametersOf[type]);

const written = ['Patient', 'Appointment'];
const argonaut = 'http://fhir.org/guides/argonaut/scheduling/OperationDefinition';

function resourceOf(type: ServedType): CapabilityStatementRestResource {
  const isWritten = written.includes(type);
  const codes = ['read', 'search-type', ...(isWritten ? ['create', 'update'] : [])] as const;
  return {
    type,
    interaction: codes.map((code) => ({ code }) as { code: 'read' }),
    versioning: isWritten ? 'versioned-update' : 'no-version',
    readHistory: false,
    updateCreate: false,
    conditionalCreate: isWritten,
    conditionalUpdate: false,
    searchParam: Object.entries(parametersOf[type]).map(([name, kind]) => ({ name, type: kind })),
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

export function capabilities(): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-23',
    kind: 'instance',
    software: { name: 'Frontdesk' },
    implementation: { description: 'The front office of a medical practice' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Search people with POST _search, so that no name stands in an address. Updates name the version that they saw (If-Match).',
        security: {
          cors: false,
          description: 'Authorization: Bearer <access key>. A manager makes keys in Settings, Programs.',
        },
        resource: (Object.keys(parametersOf) as ServedType[]).map(resourceOf),
      },
    ],
  };
}
