import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { dbOver } from '../../db/database.ts';
import { type Store, withLink } from '../../db/transaction.ts';
import { keyedHash } from './secrets.ts';

const validMs = 5 * 60_000;
const macBytes = 16;

/**
 * A challenge for a passkey to sign: 16 random bytes, until when it counts (6 bytes of milliseconds), and a code
 * over both and its purpose. Nothing is written when one is asked for, so that asking fills no table; only one that
 * was answered is noted, and then never taken again.
 */
export function makeChallenge(officeKey: Buffer, purpose: string, now: Date): Buffer {
  const head = Buffer.alloc(22);
  randomBytes(16).copy(head);
  head.writeUIntBE(now.getTime() + validMs, 16, 6);
  return Buffer.concat([head, macOf(officeKey, purpose, head)]);
}

function macOf(officeKey: Buffer, purpose: string, head: Buffer): Buffer {
  return keyedHash(officeKey, `challenge ${purpose}`, head).subarray(0, macBytes);
}

/** Until when a challenge counts; null when it is not ours, for another purpose, or too old. */
export function readChallenge(officeKey: Buffer, purpose: string, challenge: Buffer, now: Date): Date | null {
  if (challenge.length !== 22 + macBytes) return null;
  const head = challenge.subarray(0, 22);
  if (!timingSafeEqual(challenge.subarray(22), macOf(officeKey, purpose, head))) return null;
  const until = new Date(head.readUIntBE(16, 6));
  return until > now ? until : null;
}

/** Note that it was answered. @returns false when it was before */
export async function spendChallenge(store: Store, challenge: Buffer, until: Date): Promise<boolean> {
  const hash = createHash('sha256').update(challenge).digest();
  return withLink(store.source, async (link) => {
    const { rows } = await sql<{ fresh: boolean }>`
      select frontdesk.use_challenge(${hash}, ${store.clock.now()}, ${until}) as fresh`.execute(
      dbOver(link, store.count),
    );
    return rows[0]?.fresh === true;
  });
}
