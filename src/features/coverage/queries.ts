import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { Coverage } from './schema.ts';

/** The coverages of a person; what two merged records have from the same source stands once. */
export async function listCoverages(db: Db, patientId: string): Promise<Coverage[]> {
  const { rows } = await sql<Coverage>`
    select c.coverage_id, c.patient_id, c.payer_id, p.name as payer_name, c.plan_kind, c.member_id, c.group_number,
      c.relationship, c.since, c.until, c.rank, c.status, c.version
    from coverages c join payers p on p.practice_id = c.practice_id and p.payer_id = c.payer_id
    where c.patient_id = ${patientId} and not c.doubled and c.status <> 'entered_in_error'
    order by (c.status <> 'active'), c.until desc nulls first, c.rank nulls last, c.since desc nulls last,
      c.coverage_id
    limit 100`.execute(db);
  return rows;
}

export type KnownCoverage = { coverageId: string; since: string | null };

/** The coverage that this source told of a person, locked. */
export async function lockBySource(
  db: Db,
  patientId: string,
  source: string,
): Promise<KnownCoverage | undefined> {
  const { rows } = await sql<KnownCoverage>`
    select coverage_id, since from coverages
    where patient_id = ${patientId} and source = ${source} and not doubled for update`.execute(db);
  return rows[0];
}

/** The name of the payer that one of these identifiers is of. */
export async function findPayerName(db: Db, system: string, value: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select p.name from payer_identifiers i
    join payers p on p.practice_id = i.practice_id and p.payer_id = i.payer_id
    where i.system = ${system} and i.value = ${value}`.execute(db);
  return rows[0]?.name;
}

/** How many would move, and how many payers are said to pay first. */
export async function countBoth(
  db: Db,
  fromId: string,
  toId: string,
): Promise<{ count: number; first: number }> {
  const { rows } = await sql<{ count: number; first: number }>`
    select count(*) filter (where patient_id = ${fromId})::int as count,
      count(distinct payer_id) filter (where rank = 1 and status = 'active')::int as first
    from coverages
    where patient_id in (${fromId}, ${toId}) and status <> 'entered_in_error' and not doubled`.execute(db);
  return rows[0] ?? { count: 0, first: 0 };
}
