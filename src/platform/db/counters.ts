import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/**
 * The next numbers of a named counter of the practice (medical record numbers), in order and without gaps: a
 * transaction that fails gives them back. Others who want one wait until this transaction ends.
 * @param wanted.first where the counter begins
 */
export async function takeNumbers(
  tx: Tx,
  wanted: { name: string; first: number; count: number },
): Promise<number[]> {
  const { name, first, count } = wanted;
  const { rows } = await sql<{ lastValue: string }>`
    insert into counters as c (practice_id, name, last_value)
    values (${tx.practiceId}, ${name}, ${first - 1 + count})
    on conflict (practice_id, name) do update set last_value = c.last_value + ${count}
    returning last_value`.execute(tx.db);
  const last = Number(rows[0]?.lastValue);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}
