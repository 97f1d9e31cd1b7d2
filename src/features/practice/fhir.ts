import { sql } from 'kysely';
import { FhirFault, FhirPractitioner, knownBy, readResource } from '../../fhir/resources.ts';
import type { FhirImporter, FhirSource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { addStaff } from './commands.ts';
import { npiFault, proposeDisplayName } from './rules.ts';
import type { NewStaff } from './schema.ts';

type Known = { system: string; value: string };

const npiSystem = 'http://hl7.org/fhir/sid/us-npi';

/** Take a FHIR R4 Practitioner as staff. One who is known by an identifier or NPI stays as the office keeps them. */
async function takePractitioner(tx: Tx, resource: Record<string, unknown>, source: FhirSource) {
  const read = readResource(FhirPractitioner, resource);
  const identifiers = knownBy(read);
  if (identifiers.length === 0) throw new FhirFault('.identifier', 'has neither an identifier nor an id');
  const staff = asStaff(read, source);
  const isRecord = (recordId: string) =>
    source.isRecord({ resourceType: 'Practitioner', recordId, name: staff.displayName });
  const here = await findByIdentifier(tx.db, identifiers);
  if (here) {
    isRecord(here);
    return 'same' as const;
  }
  const known = staff.npi ? await findByNpi(tx.db, staff.npi) : undefined;
  const staffId = known ?? (await addStaff(tx, staff));
  isRecord(staffId);
  await keepIdentifiers(tx, staffId, identifiers);
  return known ? ('same' as const) : ('made' as const);
}

export const practitionerImporter: FhirImporter = {
  resourceTypes: ['Practitioner'],
  take: takePractitioner,
};

async function findByIdentifier(db: Db, identifiers: readonly Known[]): Promise<string | undefined> {
  const { rows } = await sql<{ staffId: string }>`
    select i.staff_id from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    join staff_identifiers i on i.system = k.system and i.value = k.value limit 1`.execute(db);
  return rows[0]?.staffId;
}

async function findByNpi(db: Db, npi: string): Promise<string | undefined> {
  const { rows } = await sql<{ staffId: string }>`select staff_id from staff where npi = ${npi}`.execute(db);
  return rows[0]?.staffId;
}

async function keepIdentifiers(tx: Tx, staffId: string, identifiers: readonly Known[]): Promise<void> {
  await sql`
    insert into staff_identifiers (practice_id, system, value, staff_id)
    select ${tx.practiceId}, k.system, k.value, ${staffId}
    from jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) k (system text, value text)
    on conflict do nothing`.execute(tx.db);
}

const within = (text: string | undefined, longest: number) => (text ?? '').trim().slice(0, longest);

function asStaff(read: FhirPractitioner, source: FhirSource): NewStaff {
  const name = read.name.find((one) => one.use === 'official') ?? read.name[0];
  const spoken = (name?.text ?? '').trim().split(/\s+/);
  const familyName = within(name?.family ?? spoken.at(-1), 100);
  if (familyName === '') throw new FhirFault('.name', 'has no family name');
  const givenName = within(name?.given?.join(' ') ?? spoken.slice(0, -1).join(' '), 100) || '?';
  const titles = [...(name?.prefix ?? []), ...(name?.suffix ?? [])].join(' ');
  const kind = /\bDr\b|\bM\.?D\b|\bD\.?O\b|physician/i.test(titles) ? 'physician' : 'other';
  return {
    familyName,
    givenName,
    kind,
    displayName: within(proposeDisplayName(kind, givenName, familyName), 100),
    credentials: within(name?.suffix?.join(' '), 50),
    phone: within(read.telecom?.find((point) => point.system === 'phone')?.value, 40),
    npi: asNpi(read, source),
  };
}

function asNpi(read: FhirPractitioner, source: FhirSource): string | null {
  const index = (read.identifier ?? []).findIndex((one) => one.system === npiSystem);
  const npi = read.identifier?.[index]?.value;
  if (!npi) return null;
  if (npiFault(npi) === null) return npi;
  source.remark(
    `identifier[${index}] is no NPI (its check digit does not fit) and is kept as an identifier only`,
  );
  return null;
}
