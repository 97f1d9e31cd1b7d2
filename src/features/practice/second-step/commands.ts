import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { askRole as ask, listAskedRoles } from '../../../platform/session/factors/asked-roles.ts';
import { resetFactors } from '../../../platform/session/factors/own.ts';
import { lockAccounts } from '../accounts/queries.ts';
import type { AskRole, ResetSecondStep } from './schema.ts';

const dayMs = 86_400_000;

/** Ask a role for a second step after some days, or no longer. Who is at work goes on: it is asked at a sign-in. */
export async function askRole(tx: Tx, role: string, { graceDays, was }: AskRole): Promise<void> {
  // One change after the other.
  await lockAccounts(tx.db);
  const now = (await listAskedRoles(tx.db)).find((one) => one.role === role)?.requiredFrom ?? null;
  if (now !== was) throw stale('role', { requiredFrom: now });
  await ask(tx, role, graceDays === null ? null : new Date(tx.now.getTime() + graceDays * dayMs));
  tx.touch('practice', role);
}

/** Someone lost what proves who they are: everything of it goes, they are signed out and told at their desk. */
export async function resetSecondStep(
  tx: Tx,
  accountId: string,
  { version, reason }: ResetSecondStep,
): Promise<void> {
  const before = (await lockAccounts(tx.db)).find((account) => account.accountId === accountId);
  if (!before) throw notFound('account');
  if (before.version !== version) throw stale('account', before);
  if (accountId === tx.actor.accountId) {
    throw new Refusal('conflict', 'This is your own account. Change your second step under “Your sign-in”.');
  }
  if (!before.secondStep) {
    throw new Refusal('conflict', `${before.displayName} has no second step that could be reset.`);
  }
  await resetFactors(tx, accountId, reason);
}
