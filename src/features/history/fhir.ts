import { FhirEncounter } from '../../fhir/encounter.ts';
import { findPerson, nameOf, type Reference } from '../../fhir/reference.ts';
import { FhirFault, knownBy, readResource } from '../../fhir/resources.ts';
import type { FhirImporter, FhirSource } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { keepOutsideEncounters } from './commands.ts';
import { findBySource } from './queries.ts';
import { kindOf, type Moment, plainTerm, readMoment } from './rules.ts';
import type { KeptEncounter } from './schema.ts';

const within = (text: string | undefined, longest: number) => (text ?? '').trim().slice(0, longest);

/** Take a FHIR R4 Encounter as history. One whose identifier is known stays as it is: 'same'. */
async function takeEncounter(tx: Tx, resource: Record<string, unknown>, source: FhirSource) {
  const read = readResource(FhirEncounter, resource);
  const [known] = knownBy(read);
  if (!known) throw new FhirFault('.identifier', 'has neither an identifier nor an id');
  if (read.status === 'entered-in-error') {
    source.remark('is marked as entered in error and was left out');
    return 'skipped' as const;
  }
  const patientId = await findPerson(read.subject, '.subject', source.find);
  const key = within(`${known.system}|${known.value}`, 500);
  const here = await findBySource(tx.db, key);
  if (here && here.patientId !== patientId) {
    throw new FhirFault('.subject', 'is another person than the one who has this encounter here');
  }
  const encounter = here ? null : await asEncounter(read, patientId, source);
  const [made] = encounter ? await keepOutsideEncounters(tx, [{ ...encounter, source: key }]) : [];
  const recordId = here?.encounterId ?? made;
  if (recordId) source.isRecord({ resourceType: 'Encounter', recordId, name: '' });
  return made ? ('made' as const) : ('same' as const);
}

export const encounterImporter: FhirImporter = {
  refers: true,
  resourceTypes: ['Encounter'],
  take: takeEncounter,
};

type Told = Omit<KeptEncounter, 'source'>;

async function asEncounter(read: FhirEncounter, patientId: string, source: FhirSource): Promise<Told> {
  const starts = readStart(read);
  const ends = readEnd(read, starts, source);
  const [type] = read.type ?? [];
  const reasons = (read.reasonCode ?? []).map((one) => plainTerm(one.text ?? one.coding?.[0]?.display ?? ''));
  const people = (read.participant ?? []).map((one) => one.individual);
  return {
    patientId,
    startsAt: starts.at,
    startsPrecision: starts.precision,
    endsAt: ends?.at ?? null,
    endsPrecision: ends?.precision ?? null,
    status: read.status,
    kind: kindOf(type?.text ?? type?.coding?.[0]?.display ?? '', read.class?.code ?? '', read.class?.display),
    practitioner: await namesOf(people, (index) => `participant[${index}].individual`, source),
    organization: await namesOf([read.serviceProvider], () => 'serviceProvider', source),
    reason: within(reasons.filter(Boolean).join('; '), 300),
  };
}

function readStart({ period }: FhirEncounter): Moment {
  if (!period.start) throw new FhirFault('.period.start', 'is missing: history needs to know when it was');
  const starts = readMoment(period.start);
  if (!starts) throw new FhirFault('.period.start', 'is no date or moment of the calendar');
  return starts;
}

function readEnd({ period }: FhirEncounter, starts: Moment, source: FhirSource): Moment | null {
  if (!period.end) return null;
  const ends = readMoment(period.end);
  if (!ends) throw new FhirFault('.period.end', 'is no date or moment of the calendar');
  if (ends.at >= starts.at || ends.precision !== 'time') return ends;
  source.remark('period.end lies before its start and was left out');
  return null;
}

/** Whoever is named, or led to; one who is neither is said so and left out: the encounter counts without. */
async function namesOf(
  references: readonly (Reference | undefined)[],
  pathOf: (index: number) => string,
  source: FhirSource,
): Promise<string> {
  const names: string[] = [];
  for (const [index, reference] of references.entries()) {
    const name = reference ? await nameOf(reference, source.find) : '';
    if (name !== '') names.push(name);
    else if (reference) source.remark(`${pathOf(index)} leads nowhere and was left out`);
  }
  return within([...new Set(names)].join(', '), 200);
}
