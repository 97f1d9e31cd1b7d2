import { sql } from 'kysely';
import type { Tx } from '../../db/transaction.ts';
import { notFound, Refusal } from '../../refusal.ts';
import { endSessionsOf } from '../session.ts';
import { removeAuthenticator } from './authenticator.ts';
import { countRecoveryCodes, makeRecoveryCodes, removeRecoveryCodes } from './recovery.ts';
import { type Factors, mayRemove } from './rules.ts';

/** What an account has; its row is locked, so that two changes of it follow each other. */
export async function lockFactors(tx: Tx, accountId: string): Promise<Factors> {
  const { rows } = await sql<{ roles: string[] }>`
    select roles from accounts where account_id = ${accountId} for update`.execute(tx.db);
  if (!rows[0]) throw notFound('account');
  return readFactors(tx, accountId, rows[0].roles);
}

export async function readFactors(tx: Tx, accountId: string, roles: readonly string[]): Promise<Factors> {
  const { rows } = await sql<{ authenticator: boolean; passkeys: number; requiredFrom: string | null }>`
    select
      exists (select from authenticators where account_id = ${accountId} and confirmed_at is not null)
        as authenticator,
      (select count(*)::int from passkeys where account_id = ${accountId}) as passkeys,
      (select min(required_from) from second_factor_roles where role = any (${roles}::text[])) as required_from`.execute(
    tx.db,
  );
  return rows[0] ?? { authenticator: false, passkeys: 0, requiredFrom: null };
}

export type FactorChange =
  | 'authenticator-added'
  | 'authenticator-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovery-codes-renewed';

/** Every change ends the person's other sessions and is on record: what, never a secret. */
export async function noteChange(
  tx: Tx,
  accountId: string,
  change: FactorChange,
  facts: Record<string, unknown> = {},
): Promise<void> {
  await sql`
    update accounts set factors_reset_at = null, factors_reset_reason = ''
    where practice_id = ${tx.practiceId} and account_id = ${accountId} and factors_reset_at is not null`.execute(
    tx.db,
  );
  await endSessionsOf(tx, accountId, tx.actor.sessionId);
  tx.touch('practice', accountId);
  tx.audit({ action: `account.${change}`, subjectKind: 'account', subjectIds: [accountId], after: facts });
}

/** Recovery codes come with the first second step. @returns them, or null where there are some already */
export async function firstRecoveryCodes(
  tx: Tx,
  officeKey: Buffer,
  accountId: string,
): Promise<string[] | null> {
  return (await countRecoveryCodes(tx, accountId)) > 0 ? null : makeRecoveryCodes(tx, officeKey, accountId);
}

/** Refuse to take away the last one where the practice asks for one; the codes go with the last. */
export async function beforeRemoval(
  tx: Tx,
  accountId: string,
  which: 'authenticator' | 'passkey',
): Promise<void> {
  const factors = await lockFactors(tx, accountId);
  if (!mayRemove(factors, which, tx.now)) {
    throw new Refusal(
      'conflict',
      'Your role asks for a second step, and this is your only one. Add another first.',
    );
  }
  const left = (factors.authenticator ? 1 : 0) + factors.passkeys;
  if (left <= 1) await removeRecoveryCodes(tx, accountId);
}

/** Everything of someone's second step goes: it was lost. They are signed out, and told at their desk. */
export async function resetFactors(tx: Tx, accountId: string, reason: string): Promise<void> {
  const before = await lockFactors(tx, accountId);
  await removeAuthenticator(tx, accountId);
  await removeRecoveryCodes(tx, accountId);
  await sql`
    delete from passkeys where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  await sql`
    update accounts set factors_reset_at = ${tx.now}, factors_reset_reason = ${reason}, version = version + 1
    where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  await endSessionsOf(tx, accountId);
  tx.touch('practice', accountId);
  tx.audit({
    action: 'account.factors-reset',
    subjectKind: 'account',
    subjectIds: [accountId],
    before: { authenticator: before.authenticator, passkeys: before.passkeys },
    reason,
  });
}

/** The person has read that their second step was reset. */
export async function seeReset(tx: Tx, accountId: string): Promise<void> {
  await sql`
    update accounts set factors_reset_at = null, factors_reset_reason = ''
    where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  tx.audit({ action: 'account.factors-reset-seen', subjectKind: 'account', subjectIds: [accountId] });
  tx.touch('sessions');
}
