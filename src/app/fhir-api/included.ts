import type { Resource } from '@medplum/fhirtypes';
import { z } from 'zod';
import { toPatientResource } from '../../features/patients/exchange/fhir.ts';
import { readPeople } from '../../features/patients/exchange/queries.ts';
import { idOfReference, type Search } from '../../fhir/search.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Call } from './call.ts';
import { listLocations, listPractitioners, listSchedules } from './listed.ts';

/** What the found resources refer to (hl7.org/fhir/R4/search.html#include): read as if asked for by itself. */

type Target = 'Patient' | 'Practitioner' | 'Location' | 'Schedule';
const targetsOf: Record<string, readonly Target[]> = {
  patient: ['Patient'],
  practitioner: ['Practitioner'],
  location: ['Location'],
  schedule: ['Schedule'],
};
const actorsOf: Record<string, readonly Target[]> = {
  Appointment: ['Patient', 'Practitioner', 'Location'],
  Schedule: ['Practitioner'],
};

/** `Appointment:actor:Patient` → Patient */
function wantedOf(include: string): readonly Target[] {
  const [type = '', name = '', only] = include.split(':');
  const all = name === 'actor' ? (actorsOf[type] ?? []) : (targetsOf[name] ?? []);
  return only === undefined ? all : all.filter((one) => one === only);
}

const permissionOf: Record<Target, string> = {
  Patient: 'patients.open',
  Practitioner: 'practice.see',
  Location: 'practice.see',
  Schedule: 'visits.see',
};

const Referring = z.object({
  participant: z.array(z.object({ actor: z.object({ reference: z.string().optional() }) })).optional(),
  schedule: z.object({ reference: z.string() }).optional(),
  actor: z.array(z.object({ reference: z.string().optional() })).optional(),
});

function referencesOf(resource: Resource): string[] {
  const { participant = [], schedule, actor = [] } = Referring.parse(resource);
  const all = [...participant.map((one) => one.actor), ...actor, ...(schedule ? [schedule] : [])];
  return all.flatMap(({ reference }) => reference ?? []);
}

async function listPeople(call: Call, ids: readonly string[]): Promise<Resource[]> {
  const { tx } = call;
  const people = await readPeople(tx.db, [...ids]);
  const subjectIds = people.map((one) => one.patientId);
  if (people.length > 0) tx.audit({ action: 'patients.searched', subjectKind: 'patient', subjectIds });
  return people.map((one) => toPatientResource(one, tx.practiceId));
}

async function listTargets(call: Call, target: Target, ids: readonly string[]): Promise<Resource[]> {
  const those = <R extends Resource>(all: readonly R[]) =>
    all.filter((one) => one.id !== undefined && ids.includes(one.id));
  switch (target) {
    case 'Patient':
      return listPeople(call, ids);
    case 'Practitioner':
      return those(await listPractitioners(call));
    case 'Location':
      return those(await listLocations(call));
    case 'Schedule':
      return those(await listSchedules(call));
  }
}

export async function listIncluded(
  call: Call,
  search: Search,
  resources: readonly Resource[],
): Promise<Resource[]> {
  const targets = [...new Set(search.includes.flatMap(wantedOf))];
  const refused = targets.find((target) => !call.tx.actor.may(permissionOf[target]));
  if (refused)
    throw new Refusal(
      'not-permitted',
      `Your roles do not let you see a ${refused} beside what you search. Search without this _include.`,
    );
  const references = resources.flatMap(referencesOf);
  const included: Resource[] = [];
  for (const target of targets) {
    const ids = [...new Set(references.flatMap((one) => ofType(one, target)))];
    if (ids.length > 0) included.push(...(await listTargets(call, target, ids)));
  }
  return included;
}

const ofType = (reference: string, target: Target) =>
  reference.startsWith(`${target}/`) ? (idOfReference(reference, target) ?? []) : [];
