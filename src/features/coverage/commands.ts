import { sql } from 'kysely';
import { entryOf } from '../../platform/audit/record.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { payerKey } from './rules.ts';
import type { KeptCoverage } from './schema.ts';

/** Payers by these names, made where they are not here yet. @returns name → id */
export async function keepPayers(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const byKey = new Map(names.map((name) => [payerKey(name), name]));
  const known = await listPayers(tx, [...byKey.keys()]);
  const rows = [...byKey]
    .filter(([key]) => !known.has(key))
    .map(([key, name]) => ({ payerId: newId(tx.now.getTime()), key, name }));
  if (rows.length > 0) {
    const { rows: made } = await sql<{ payerId: string; name: string }>`
      insert into payers (practice_id, payer_id, name, search_name, created_at)
      select ${tx.practiceId}, r."payerId", r.name, r.key, ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r ("payerId" uuid, name text, key text)
      on conflict (practice_id, search_name) do nothing
      returning payer_id, name`.execute(tx.db);
    for (const { payerId, name } of made) {
      const subjectIds = [payerId];
      tx.audit({ action: 'payer.added', subjectKind: 'payer', subjectIds, after: { name } });
    }
    // Another desk may have been first.
    for (const [key, payerId] of await listPayers(tx, [...byKey.keys()])) known.set(key, payerId);
  }
  return new Map(names.map((name) => [name, known.get(payerKey(name)) ?? '']));
}

async function listPayers(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ searchName: string; payerId: string }>`
    select search_name, payer_id from payers where search_name = any (${[...keys]}::text[])
    order by search_name limit 1000`.execute(tx.db);
  return new Map(rows.map((row) => [row.searchName, row.payerId]));
}

/** Keep by which number another system knows a payer; what is kept already stays. */
export async function keepPayerIdentifier(
  tx: Tx,
  payerName: string,
  { system, value }: { system: string; value: string },
): Promise<void> {
  const payers = await keepPayers(tx, [payerName]);
  await sql`
    insert into payer_identifiers (practice_id, system, value, payer_id)
    values (${tx.practiceId}, ${system}, ${value}, ${payers.get(payerName)})
    on conflict do nothing`.execute(tx.db);
}

/**
 * Keep coverages as they are given (imports, the simulator). What the person has from the same source already
 * stays as it is. @returns the ids of what was made
 */
export async function keepCoverages(tx: Tx, coverages: readonly KeptCoverage[]): Promise<string[]> {
  if (coverages.length === 0) return [];
  const payers = await keepPayers(tx, [...new Set(coverages.map((one) => one.payerName))]);
  const rows = coverages.map((coverage) => ({
    ...coverage,
    payerId: payers.get(coverage.payerName),
    coverageId: newId(tx.now.getTime()),
  }));
  const { rows: made } = await sql<{ coverageId: string; patientId: string }>`
    insert into coverages (practice_id, coverage_id, patient_id, payer_id, created_at, since, until, rank, plan_kind,
      status, relationship, member_id, group_number, source)
    select ${tx.practiceId}, r."coverageId", r."patientId", r."payerId", ${tx.now}, r.since, r.until, r.rank,
      r."planKind", r.status, r.relationship, r."memberId", r."groupNumber", r.source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r ("coverageId" uuid, "patientId" uuid,
      "payerId" uuid, since date, until date, rank smallint, "planKind" text, status text, relationship text,
      "memberId" text, "groupNumber" text, source text)
    on conflict do nothing
    returning coverage_id, patient_id`.execute(tx.db);
  if (made.length > 0) tellMade(tx, made, coverages);
  return made.map((one) => one.coverageId);
}

function tellMade(
  tx: Tx,
  made: readonly { coverageId: string; patientId: string }[],
  coverages: readonly KeptCoverage[],
): void {
  const told = { action: 'patient.coverage-added', subjectKind: 'patient' };
  tx.audit(entryOf(told, made, coverages.length === 1 ? coverages[0] : undefined));
  tx.touch('coverages', ...new Set(made.map((one) => one.patientId)));
}

/** A bill of before tells that a person was insured earlier than was known. */
export async function coveredSince(
  tx: Tx,
  patientId: string,
  { coverageId, before, since }: { coverageId: string; before: string; since: string },
): Promise<void> {
  await sql`
    update coverages set since = ${since}, version = version + 1
    where patient_id = ${patientId} and coverage_id = ${coverageId}`.execute(tx.db);
  tx.audit({
    action: 'patient.coverage-changed',
    subjectKind: 'patient',
    subjectIds: [patientId, coverageId],
    before: { since: before },
    after: { since },
  });
  tx.touch('coverages', patientId);
}
