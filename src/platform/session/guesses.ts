import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { dbOver } from '../db/database.ts';
import { type Store, withLink } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';

const windowMinutes = 15;
const failuresPerAddress = 40;

/**
 * Whether an address has guessed too often at secrets of a kind, as sign-in counts it.
 * @returns how to note one more wrong guess
 * @throws Refusal too-many
 */
export async function refuseGuesser(
  store: Store,
  kind: string,
  address: string,
): Promise<{ note(): Promise<void> }> {
  const now = store.clock.now();
  const since = new Date(now.getTime() - windowMinutes * 60_000);
  const bucket = createHash('sha256').update(`${kind}-address:${address}`).digest();
  const { rows } = await withLink(store.source, (link) =>
    sql<{ failures: number }>`
      select frontdesk.sign_in_failures(${bucket}, ${since}) as failures`.execute(dbOver(link, store.count)),
  );
  if ((rows[0]?.failures ?? 0) >= failuresPerAddress) {
    const retryAfterSeconds = windowMinutes * 60;
    throw new Refusal('too-many', `Too many tries. Wait ${windowMinutes} minutes.`, { retryAfterSeconds });
  }
  return {
    note: async () => {
      await withLink(store.source, (link) =>
        sql`select frontdesk.note_sign_in_failure(${bucket}, ${now}, ${since})`.execute(
          dbOver(link, store.count),
        ),
      );
    },
  };
}
