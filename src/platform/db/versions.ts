import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/** Below 2^48, the most that randomInt takes. */
const most = 2 ** 48 - 1;

/**
 * Touch a topic and give it a new version, in this transaction: whoever remembers it asks for the version first, so
 * that it is never older than what the asking transaction sees. Versions are random and not counted: one that was
 * rolled back must not come again with other contents.
 */
export async function touchVersion(tx: Tx, topic: string, ...keys: string[]): Promise<void> {
  tx.touch(topic, ...keys);
  const version = randomInt(1, most);
  await sql`
    insert into counters (practice_id, name, last_value) values (${tx.practiceId}, ${`version:${topic}`}, ${version})
    on conflict (practice_id, name) do update set last_value = excluded.last_value`.execute(tx.db);
}

/** The version of a topic as this transaction sees it, as a scalar of a larger statement; null: never touched. */
export function versionColumn(topic: string) {
  return sql`(select last_value from counters where name = ${`version:${topic}`})`;
}
