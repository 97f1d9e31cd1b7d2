import type { Tx } from '../../../platform/db/transaction.ts';
import { keepPatients } from '../../patients/commands.ts';
import { keepKnownAs } from '../../patients/identifiers/commands.ts';
import type { ImportWork, Judged, ReadLine } from '../lines/rules.ts';
import { type Alike, findAlike, findByNumber, findEarlier, systemOf } from './queries.ts';
import { type ReadPerson, readPerson } from './rules.ts';

type Found = {
  earlier: { records: Map<string, number>; people: Map<string, number> };
  byNumber: Map<string, { patientId: string; mrn: string }>;
  alike: Map<string, Alike[]>;
};
type Candidate = { read: ReadLine; person: ReadPerson };

/** Take people in, or only say what would become of them: the same is found either way. */
export async function takePeople(tx: Tx, work: ImportWork, lines: readonly ReadLine[]): Promise<Judged[]> {
  const { headed, today, options } = work;
  const judged: Judged[] = [];
  const candidates: Candidate[] = [];
  for (const read of lines) {
    const person = readPerson(read.cells, { headed, today, dates: options.dates });
    if (Array.isArray(person)) judged.push({ ...read, outcome: 'fault', problems: person });
    else candidates.push({ read, person });
  }
  const numbers = candidates.flatMap(({ person }) => person.externalId ?? []);
  const keys = { records: numbers, people: candidates.map(({ person }) => person.personKey) };
  const found: Found = {
    earlier: await findEarlier(tx.db, work.importId, keys),
    byNumber: await findByNumber(tx.db, options.source, numbers),
    alike: await findAlike(
      tx.db,
      candidates.map(({ person }) => person.patient),
      work.importId,
    ),
  };
  const fresh: { candidate: Candidate; judged: Judged }[] = [];
  for (const candidate of candidates) {
    const one = judge(work, candidate, found);
    judged.push(one);
    if (one.outcome === 'made') fresh.push({ candidate, judged: one });
  }
  if (!work.dry) await keep(tx, work, fresh);
  return judged;
}

function judge(work: ImportWork, { read, person }: Candidate, { earlier, byNumber, alike }: Found): Judged {
  const { externalId, personKey } = person;
  const record = externalId === null ? undefined : earlier.records.get(externalId);
  const no = (outcome: 'fault' | 'alike', field: string, what: string): Judged => ({
    ...read,
    outcome,
    problems: [{ column: work.headed(field), what }],
  });
  if (record !== undefined) return no('fault', 'externalId', `stands in line ${record} already`);
  if (externalId !== null) earlier.records.set(externalId, read.line);
  const keyed = { ...read, recordKey: externalId, personKey };
  const twin = earlier.people.get(personKey);
  if (!earlier.people.has(personKey)) earlier.people.set(personKey, read.line);
  if (externalId !== null && byNumber.has(externalId)) return { ...keyed, outcome: 'same' };
  const nameField = read.cells.familyName === undefined ? 'fullName' : 'familyName';
  if (!work.options.alsoAlike) {
    if (twin !== undefined)
      return { ...no('alike', nameField, `and birth date are those of line ${twin}`), recordKey: externalId };
    const [here] = alike.get(personKey) ?? [];
    if (here)
      return {
        ...no('alike', nameField, `and birth date are those of MRN ${here.mrn}`),
        recordKey: externalId,
        personKey,
      };
  }
  return { ...keyed, outcome: 'made' };
}

async function keep(
  tx: Tx,
  work: ImportWork,
  fresh: readonly { candidate: Candidate; judged: Judged }[],
): Promise<void> {
  if (fresh.length === 0) return;
  const made = await keepPatients(
    tx,
    fresh.map(({ candidate }) => candidate.person.patient),
  );
  const known = fresh.flatMap(({ candidate, judged }, index) => {
    const patientId = made[index]?.patientId ?? '';
    judged.recordId = patientId;
    const value = candidate.person.externalId;
    return value === null ? [] : [{ patientId, value }];
  });
  await keepKnownAs(tx, systemOf(work.options.source), known);
}
