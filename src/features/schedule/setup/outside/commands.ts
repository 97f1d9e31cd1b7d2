import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import type { Outside } from '../schema.ts';
import { listOutside } from './queries.ts';

/**
 * Do it, and say which booked visits fall outside hours by it that did not before. Nothing is moved or refused; they
 * are noted, so that they are owed a call until they stand right again.
 * @param resourceIds whose hours change; undefined: anyone's
 */
export async function withOutside<T extends object>(
  tx: Tx,
  resourceIds: readonly string[] | undefined,
  work: () => Promise<T>,
): Promise<T & { outside: Outside }> {
  const before = new Set((await listOutside(tx.db, tx.now, resourceIds)).map((visit) => visit.visitId));
  const result = await work();
  const all = await listOutside(tx.db, tx.now, resourceIds);
  const visits = all.filter((visit) => !before.has(visit.visitId));
  await noteLeft(
    tx,
    visits.map((visit) => visit.visitId),
  );
  return { ...result, outside: { count: visits.length, visits: visits.slice(0, 200) } };
}

async function noteLeft(tx: Tx, visitIds: readonly string[]): Promise<void> {
  if (visitIds.length === 0) return;
  await sql`
    insert into visits_left_outside (practice_id, visit_id, since)
    select ${tx.practiceId}, id, ${tx.now} from unnest(${[...visitIds]}::uuid[]) id
    on conflict (practice_id, visit_id) do update set since = excluded.since`.execute(tx.db);
}
