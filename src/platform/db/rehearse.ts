import { sql } from 'kysely';
import type { Tx } from './transaction.ts';

/**
 * Do the work and take all of it back: what it answers is what doing it now would answer, decided by the same code
 * under the same locks. Nothing is audited, told or touched. For previews; inside a transaction that writes.
 */
export async function rehearse<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const sent: Promise<unknown>[] = [];
  const send: Tx['send'] = (write) => {
    // Met below; until then nobody waits for it
    write.catch(() => undefined);
    sent.push(write);
  };
  const silent = { send, audit: () => undefined, emit: () => undefined, touch: () => undefined };
  await sql`savepoint rehearsal`.execute(tx.db);
  try {
    const answer = await work({ ...tx, ...silent });
    await Promise.all(sent);
    return answer;
  } finally {
    await Promise.allSettled(sent);
    await sql`rollback to savepoint rehearsal`.execute(tx.db);
  }
}
