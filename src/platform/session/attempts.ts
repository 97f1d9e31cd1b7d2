import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, dbOver } from '../db/database.ts';
import { type Store, withLink } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';

/** What slows a guesser down: failures by account and by address, in a window of time. */
export const windowMinutes = 15;
const failuresPerEmail = 8;
const failuresPerAddress = 40;
const triesPerCode = 6;

export function bucket(kind: string, value: string): Buffer {
  return createHash('sha256').update(`${kind}:${value.toLowerCase()}`).digest();
}

export const windowBefore = (now: Date) => new Date(now.getTime() - windowMinutes * 60_000);

function tooMany(what: string): Refusal {
  return new Refusal(
    'too-many',
    `Too many tries. Wait ${windowMinutes} minutes, or ask the manager ${what}.`,
    {
      retryAfterSeconds: windowMinutes * 60,
    },
  );
}

/** Refuse who failed too often, by e-mail and by address. */
export async function refuseGuesser(db: Db, buckets: readonly [Buffer, Buffer], now: Date): Promise<void> {
  const since = windowBefore(now);
  const { rows } = await sql<{ byEmail: number; byAddress: number }>`
    select frontdesk.sign_in_failures(${buckets[0]}, ${since}) as by_email,
      frontdesk.sign_in_failures(${buckets[1]}, ${since}) as by_address`.execute(db);
  const count = rows[0];
  if (count && (count.byEmail >= failuresPerEmail || count.byAddress >= failuresPerAddress))
    throw tooMany('for a new password');
}

export async function noteFailures(db: Db, buckets: readonly Buffer[], now: Date): Promise<void> {
  for (const key of buckets)
    await sql`select frontdesk.note_sign_in_failure(${key}, ${now}, ${windowBefore(now)})`.execute(db);
}

/**
 * Count a try of a code before it is looked at: a million codes are few, and many tries at once must not slip by.
 * @returns what to call when it was right
 */
export async function countCodeTry(store: Store, accountId: string): Promise<() => Promise<void>> {
  const key = bucket('code', accountId);
  const now = store.clock.now();
  const tries = await withLink(store.source, async (link) => {
    const { rows } = await sql<{ tries: number }>`
      select frontdesk.count_code_try(${key}, ${now}, ${windowBefore(now)}) as tries`.execute(
      dbOver(link, store.count),
    );
    return rows[0]?.tries ?? 0;
  });
  if (tries > triesPerCode) throw tooMany('to reset your second step');
  return () =>
    withLink(store.source, async (link) => {
      await sql`select frontdesk.clear_sign_in_failures(${key})`.execute(dbOver(link, store.count));
    });
}

/** Refuse an address that failed too often with passkeys. @returns what to call when this one fails too */
export async function countPasskeyTry(store: Store, address: string): Promise<() => Promise<void>> {
  const buckets = [bucket('passkey', address), bucket('address', address)] as const;
  const now = store.clock.now();
  await withLink(store.source, (link) => refuseGuesser(dbOver(link, store.count), buckets, now));
  return () => withLink(store.source, (link) => noteFailures(dbOver(link, store.count), buckets, now));
}
