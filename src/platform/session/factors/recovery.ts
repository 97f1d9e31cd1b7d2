import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../db/transaction.ts';
import { plainRecoveryCode, recoveryCodeOf } from './rules.ts';
import { keyedHash } from './secrets.ts';

const codesAtOnce = 10;

function hashOf(officeKey: Buffer, accountId: string, plain: string): Buffer {
  return keyedHash(officeKey, 'recovery codes', `${accountId} ${plain}`);
}

/** Ten new codes in place of all before. @returns them, to be shown this once */
export async function makeRecoveryCodes(tx: Tx, officeKey: Buffer, accountId: string): Promise<string[]> {
  await removeRecoveryCodes(tx, accountId);
  const codes = Array.from({ length: codesAtOnce }, () => recoveryCodeOf(randomBytes(12)));
  const hashes = codes.map((code) =>
    hashOf(officeKey, accountId, plainRecoveryCode(code)).toString('base64'),
  );
  await sql`
    insert into recovery_codes (practice_id, account_id, code_hash, made_at)
    select ${tx.practiceId}, ${accountId}, decode(h, 'base64'), ${tx.now}
    from unnest(${hashes}::text[]) as h`.execute(tx.db);
  return codes;
}

/** Take a code, once. @param plain as rules.plainRecoveryCode gives it */
export async function takeRecoveryCode(
  tx: Tx,
  officeKey: Buffer,
  accountId: string,
  plain: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update recovery_codes set used_at = ${tx.now}
    where practice_id = ${tx.practiceId} and account_id = ${accountId}
      and code_hash = ${hashOf(officeKey, accountId, plain)} and used_at is null`.execute(tx.db);
  return numAffectedRows === 1n;
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recovery_codes
    where account_id = ${accountId} and used_at is null`.execute(tx.db);
  return rows[0]?.count ?? 0;
}

export async function removeRecoveryCodes(tx: Tx, accountId: string): Promise<void> {
  await sql`
    delete from recovery_codes where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(
    tx.db,
  );
}
