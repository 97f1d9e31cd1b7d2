import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../audit/chain.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';

/** Answers are kept for a day: longer than any retry, shorter than a record. */
export const keptHours = 24;

export function requestHash(method: string, path: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${method} ${path} ${canonicalJson(body ?? null)}`)
    .digest();
}

type Earlier = { requestHash: Buffer; answer: unknown };

/**
 * Claim the key for this write. Answers the earlier answer when the write was done already; a simultaneous
 * repeat waits here until the first has ended.
 */
export async function claimKey(tx: Tx, key: string, hash: Buffer): Promise<{ answer: unknown } | undefined> {
  const accountId = tx.actor.accountId;
  const { numAffectedRows } = await sql`
    insert into idempotency_keys (practice_id, account_id, key, request_hash, at)
    values (${tx.practiceId}, ${accountId}, ${key}, ${hash}, ${tx.now})
    on conflict do nothing`.execute(tx.db);
  if (numAffectedRows !== 0n) return undefined;
  const { rows } = await sql<Earlier>`
    select request_hash, answer from idempotency_keys
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and key = ${key}`.execute(tx.db);
  const earlier = rows[0];
  if (!earlier || !Buffer.from(earlier.requestHash).equals(hash)) {
    throw new Refusal(
      'conflict',
      'This Idempotency-Key was used for another request. Send a new key for a new intent.',
    );
  }
  return { answer: earlier.answer };
}

/** Keep the answer beside the key, in the write's own transaction. */
export async function keepAnswer(tx: Tx, key: string, answer: unknown): Promise<void> {
  await sql`
    update idempotency_keys set answer = ${JSON.stringify(answer ?? null)}::jsonb
    where practice_id = ${tx.practiceId} and account_id = ${tx.actor.accountId} and key = ${key}`.execute(
    tx.db,
  );
}

/** Forget answers older than a day. */
export async function forgetOldKeys(tx: Tx): Promise<void> {
  const before = new Date(tx.now.getTime() - keptHours * 3_600_000);
  await sql`delete from idempotency_keys where practice_id = ${tx.practiceId} and at < ${before}`.execute(
    tx.db,
  );
}
