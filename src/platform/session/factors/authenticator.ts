import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../refusal.ts';
import { openSecret, sealSecret } from './secrets.ts';

const stepSeconds = 30;

const ownerOf = (tx: Tx, accountId: string) => `authenticator ${tx.practiceId} ${accountId}`;

function totpOf(secret: Buffer, label = '', issuer = 'Frontdesk'): TOTP {
  const bytes = Uint8Array.from(secret);
  // SHA-1, 6 digits and 30 seconds are what every app can do (RFC 6238; the apps ignore other wishes).
  const kept = new Secret({ buffer: bytes.buffer });
  return new TOTP({ issuer, label, secret: kept, digits: 6, period: stepSeconds });
}

/** The step of a code that is right now, or was or will be within one; null for a wrong one. */
function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / stepSeconds) + delta;
}

function opened(tx: Tx, officeKey: Buffer, sealed: Buffer, accountId: string): Buffer {
  const secret = openSecret(officeKey, Buffer.from(sealed), ownerOf(tx, accountId));
  if (secret) return secret;
  throw new Refusal(
    'unavailable',
    'This office cannot open its authenticator secrets: its key is another one than before. The host puts the key back (audit.key or FRONTDESK_AUDIT_KEY); a manager can reset your second step.',
  );
}

/**
 * A new secret that counts once its first code was given; what is in use until then stays in use.
 * @returns the secret in letters to type, and as apps read it from a picture
 */
export async function beginAuthenticator(
  tx: Tx,
  officeKey: Buffer,
  about: { accountId: string; email: string; practiceName: string },
): Promise<{ secret: string; uri: string }> {
  const secret = randomBytes(20);
  const sealed = sealSecret(officeKey, secret, ownerOf(tx, about.accountId));
  await sql`
    insert into authenticators (practice_id, account_id, pending_secret)
    values (${tx.practiceId}, ${about.accountId}, ${sealed})
    on conflict (practice_id, account_id) do update set pending_secret = excluded.pending_secret`.execute(
    tx.db,
  );
  const totp = totpOf(secret, about.email, `Frontdesk ${about.practiceName}`);
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The first code of what was begun: from now on it is asked at sign-in. @returns false for a wrong one */
export async function confirmAuthenticator(
  tx: Tx,
  officeKey: Buffer,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { rows } = await sql<{ pendingSecret: Buffer | null }>`
    select pending_secret from authenticators where account_id = ${accountId} for update`.execute(tx.db);
  const pending = rows[0]?.pendingSecret;
  if (!pending) throw new Refusal('conflict', 'Nothing waits for its first code. Begin again.');
  const step = stepOf(opened(tx, officeKey, pending, accountId), code, tx.now);
  if (step === null) return false;
  await sql`
    update authenticators set sealed_secret = pending_secret, pending_secret = null, confirmed_at = ${tx.now},
      last_step = ${step}
    where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  return true;
}

/** Take a code, once: the same one again is wrong, also at the same moment. */
export async function takeAppCode(
  tx: Tx,
  officeKey: Buffer,
  accountId: string,
  code: string,
): Promise<boolean> {
  const { rows } = await sql<{ sealedSecret: Buffer | null }>`
    select sealed_secret from authenticators where account_id = ${accountId}`.execute(tx.db);
  const sealed = rows[0]?.sealedSecret;
  if (!sealed) return false;
  const step = stepOf(opened(tx, officeKey, sealed, accountId), code, tx.now);
  if (step === null) return false;
  const { numAffectedRows } = await sql`
    update authenticators set last_step = ${step}
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and last_step < ${step}`.execute(
    tx.db,
  );
  return numAffectedRows === 1n;
}

export async function removeAuthenticator(tx: Tx, accountId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from authenticators where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(
    tx.db,
  );
  return numAffectedRows === 1n;
}

/** Since when codes are asked at sign-in; null: none are. */
export async function findConfirmedAt(tx: Tx, accountId: string): Promise<string | null> {
  const { rows } = await sql<{ confirmedAt: string | null }>`
    select confirmed_at from authenticators where account_id = ${accountId}`.execute(tx.db);
  return rows[0]?.confirmedAt ?? null;
}
