import { FhirBill, FhirCoverage } from '../../fhir/coverage.ts';
import { findPerson, nameOf, type Reference } from '../../fhir/reference.ts';
import { FhirFault, knownBy, readResource } from '../../fhir/resources.ts';
import { isDate } from '../../platform/calendar/dates.ts';
import type { FhirImporter, FhirSource } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { coveredSince, keepCoverages, keepPayerIdentifier } from './commands.ts';
import { findPayerName, lockBySource } from './queries.ts';
import { isNoInsurance, payerKey, payerNameOf, planKindOf, relationshipOf } from './rules.ts';
import type { KeptCoverage } from './schema.ts';

type Taken = 'made' | 'changed' | 'same' | 'skipped';

const within = (text: string | undefined, longest: number) => (text ?? '').trim().slice(0, longest);

/** Take a FHIR R4 Coverage. One whose identifier is known for this person stays as the office keeps it: 'same'. */
async function takeCoverage(tx: Tx, resource: Record<string, unknown>, source: FhirSource): Promise<Taken> {
  const read = readResource(FhirCoverage, resource);
  const [known] = knownBy(read);
  if (!known) throw new FhirFault('.identifier', 'has neither an identifier nor an id');
  const coverage = await asCoverage(tx, read, source, '');
  if (!coverage) return 'skipped';
  coverage.source = within(`${known.system}|${known.value}`, 500);
  const here = await lockBySource(tx.db, coverage.patientId, coverage.source);
  const [made] = here ? [] : await keepCoverages(tx, [coverage]);
  await keepPayerNumber(tx, read, coverage.payerName);
  const coverageId = here?.coverageId ?? made;
  if (coverageId) {
    source.isRecord({ resourceType: 'Coverage', recordId: coverageId, name: coverage.payerName });
  }
  return made ? 'made' : 'same';
}

/** Take what a bill says of who is insured: one coverage for a person and payer, from the earliest bill on. */
async function takeBill(tx: Tx, resource: Record<string, unknown>, source: FhirSource): Promise<Taken> {
  const read = readResource(FhirBill, resource);
  const taken = new Set<Taken>();
  for (const [index, one] of (read.contained ?? []).entries()) {
    if (!isCoverage(one)) continue;
    const path = `.contained[${index}]`;
    const contained = readWithin(path, one);
    taken.add(await takeBilled(tx, { ...contained, contained: read.contained }, { read, path, source }));
  }
  const states: readonly Taken[] = ['made', 'changed', 'same'];
  return states.find((state) => taken.has(state)) ?? 'skipped';
}

const isCoverage = (one: unknown) =>
  (one as { resourceType?: unknown } | null | undefined)?.resourceType === 'Coverage';

function readWithin(path: string, contained: unknown): FhirCoverage {
  try {
    return readResource(FhirCoverage, contained);
  } catch (error) {
    throw error instanceof FhirFault ? new FhirFault(path + error.path, error.message) : error;
  }
}

type Bill = { read: FhirBill; path: string; source: FhirSource };

async function takeBilled(tx: Tx, contained: FhirCoverage, { read, path, source }: Bill): Promise<Taken> {
  const coverage = await asCoverage(tx, contained, source, path);
  if (!coverage) return 'skipped';
  const billedOn = (read.billablePeriod?.start ?? read.created ?? '').slice(0, 10);
  coverage.since ??= isDate(billedOn) ? billedOn : null;
  coverage.source = `billed ${payerKey(coverage.payerName)}`;
  const here = await lockBySource(tx.db, coverage.patientId, coverage.source);
  if (!here) return (await keepCoverages(tx, [coverage])).length > 0 ? 'made' : 'same';
  const { since } = coverage;
  if (!since || !here.since || here.since <= since) return 'same';
  await coveredSince(tx, coverage.patientId, { coverageId: here.coverageId, before: here.since, since });
  return 'changed';
}

const bills = ['Claim', 'ExplanationOfBenefit'];

export const coverageImporter: FhirImporter = {
  refers: true,
  resourceTypes: ['Coverage', ...bills],
  take: (tx, resource, source) =>
    bills.includes(String(resource.resourceType))
      ? takeBill(tx, resource, source)
      : takeCoverage(tx, resource, source),
};

/** The coverage that a resource describes; null where it says that nobody pays but the patient. */
async function asCoverage(
  tx: Tx,
  read: FhirCoverage,
  source: FhirSource,
  path: string,
): Promise<KeptCoverage | null> {
  if (read.status === 'entered-in-error') {
    source.remark('is marked as entered in error and was left out');
    return null;
  }
  const payerName = await payerOf(tx, read, source, path);
  if (isNoInsurance(payerName) || isNoInsurance(read.type?.text ?? '')) return null;
  const type = [...(read.type?.coding ?? []).flatMap((one) => [one.code, one.display]), read.type?.text];
  const since = wholeDate(read.period?.start, 'period.start', source);
  const until = wholeDate(read.period?.end, 'period.end', source);
  if (since && until && until < since) throw new FhirFault(`${path}.period`, 'ends before it begins');
  return {
    patientId: await findPerson(read.beneficiary, `${path}.beneficiary`, source.find),
    payerName,
    planKind: planKindOf([...type.filter((words) => words !== undefined), payerName]),
    memberId: within(read.subscriberId, 50),
    groupNumber: within(read.class?.find((one) => one.type?.coding?.[0]?.code === 'group')?.value, 50),
    relationship: relationshipOf(read.relationship?.coding?.[0]?.code),
    since,
    until,
    rank: read.order ?? null,
    status: read.status ?? 'active',
    source: null,
  };
}

/** Its name by a number that is known here, by the record that it leads to, or as the resource itself says it. */
async function payerOf(tx: Tx, read: FhirCoverage, source: FhirSource, path: string): Promise<string> {
  const payor = read.payor?.[0] ?? {};
  const { system, value } = payor.identifier ?? {};
  const known = system && value ? await findPayerName(tx.db, system, value) : undefined;
  const name = known ?? (containedName(payor, read) || (await nameOf(payor, source.find)));
  const shown = within(payerNameOf(name || (read.type?.text ?? '')), 200);
  if (shown !== '' && payerKey(shown) !== '') return shown;
  const at = `${path}.payor${read.payor?.length ? '[0]' : ''}`;
  throw new FhirFault(
    at,
    payor.reference ? 'leads to no payer here and names none: add its name as display' : 'names no payer',
  );
}

/** Of an Organization that stands within the resource: `#insurer`. */
function containedName({ reference }: Reference, { contained }: FhirCoverage): string {
  if (!reference?.startsWith('#')) return '';
  const all = (contained ?? []) as ({ id?: unknown; name?: unknown } | null)[];
  const name = all.find((one) => one?.id === reference.slice(1))?.name;
  return typeof name === 'string' ? name : '';
}

async function keepPayerNumber(tx: Tx, read: FhirCoverage, payerName: string): Promise<void> {
  const { system, value } = read.payor?.[0]?.identifier ?? {};
  if (system && value) await keepPayerIdentifier(tx, payerName, { system, value });
}

/** The day of a date or moment as its writer saw it; one that is not whole is left open. */
function wholeDate(date: string | undefined, element: string, source: FhirSource): string | null {
  if (date === undefined) return null;
  const day = date.slice(0, 10);
  if (isDate(day)) return day;
  source.remark(`${element} is not a whole date and was left open`);
  return null;
}
