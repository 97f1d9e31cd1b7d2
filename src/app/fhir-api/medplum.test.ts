import { MedplumClient, validateResource } from '@medplum/core';
import type { Appointment, Bundle, Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, openProgram, type Program, parameters } from '../../../test/fhir/program.ts';

/** Medplum's own client, unchanged: what other programs are built with. */
let program: Program;
let client: MedplumClient;
const told: Resource[] = [];

beforeAll(async () => {
  program = await openProgram();
  client = new MedplumClient({
    baseUrl: `${program.office.url}/`,
    fhirUrlPath: 'fhir/R4/',
    cacheTime: 0,
    // As the client fetches, with each answer kept to be checked as a whole.
    fetch: async (address: string, options?: RequestInit) => {
      const answer = await fetch(address, options);
      const type = answer.headers.get('content-type') ?? '';
      if (type.includes('fhir+json')) told.push((await answer.clone().json()) as Resource);
      return answer;
    },
  });
  client.setAccessToken(program.key);
});
afterAll(() => program.office.close());

const fhir = (address: string) => client.fhirUrl(address);

async function findAndBook(patientId: string): Promise<Appointment> {
  const asked = parameters({
    start: '2026-03-06T08:00:00-05:00',
    end: '2026-03-06T17:00:00-05:00',
    practitioner: `Practitioner/${program.lee}`,
    'service-type': 'fu',
    patient: `Patient/${patientId}`,
  });
  const times: Bundle = await client.post(fhir('Appointment/$find'), asked);
  const [proposal] = listOf<Appointment>(times);
  expect(proposal).toMatchObject({ status: 'proposed', start: '2026-03-06T08:00:00-05:00' });
  const chosen = {
    resourceType: 'Parameters',
    parameter: [{ name: 'appt-resource', resource: proposal }],
  };
  const booked: Bundle = await client.post(fhir('Appointment/$book'), chosen);
  const [visit] = listOf<Appointment>(booked);
  if (!visit) throw new Error('Booked, and no Appointment came back.');
  return visit;
}

describe('a client of Medplum', () => {
  it('reads what the server can do, finds a person and a time, books, reads it back and cancels it', async () => {
    const statement = await client.get(fhir('metadata'));
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    const people = await client.searchResources('Patient', { name: 'Test', given: 'Person 2' });
    expect(people.map((one) => one.id)).toEqual([program.plan.patients[1]]);
    const visit = await findAndBook(people[0]?.id ?? '');
    const read = await client.readResource('Appointment', visit.id ?? '');
    expect(read).toEqual(visit);
    expect(read).toMatchObject({
      status: 'booked',
      meta: { versionId: '1', lastUpdated: expect.any(String) },
    });
    const cancelled = await client.updateResource<Appointment>({
      ...read,
      status: 'cancelled',
      cancelationReason: { coding: [{ code: 'pat' }] },
    });
    expect(cancelled).toMatchObject({ status: 'cancelled', meta: { versionId: '2' } });
    const [left] = await client.searchResources('Appointment', `_id=${visit.id}`);
    expect(left).toEqual(cancelled);
  });

  it('hears what is in its way as an OperationOutcome', async () => {
    const visit = await findAndBook(program.plan.patients[2] ?? '');
    const twice = client.createResource<Appointment>({
      ...visit,
      id: undefined,
      meta: undefined,
    } as unknown as Appointment);
    await expect(twice).rejects.toMatchObject({
      outcome: { resourceType: 'OperationOutcome', issue: [{ code: 'conflict' }] },
    });
    await expect(client.readResource('Patient', visit.id ?? '')).rejects.toMatchObject({
      outcome: { issue: [{ code: 'not-found' }] },
    });
  });

  it('was told nothing but FHIR R4', () => {
    expect(told.length).toBeGreaterThan(9);
    for (const resource of told) validateResource(resource);
  });
});
