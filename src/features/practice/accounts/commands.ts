import { randomInt } from 'node:crypto';
import type { Permission } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { changeAccount as change, createAccount, setPassword } from '../../../platform/session/accounts.ts';
import { listRoleChanges, setRoleChange } from '../../../platform/session/role-changes.ts';
import { permissionsOf, type RoleChange } from '../../../platform/session/roles.ts';
import { changeStaff } from '../commands.ts';
import { practicePermissions } from '../permissions.ts';
import { findStaff } from '../queries.ts';
import type { StaffChange } from '../schema.ts';
import { lockAccounts } from './queries.ts';
import { readablePassword } from './rules.ts';
import type { AccountChange, AccountRow, NewAccount } from './schema.ts';

/** Let a staff member sign in. @returns the password, which is shown once and nowhere kept in clear. */
export async function addAccount(
  tx: Tx,
  input: NewAccount,
): Promise<{ accountId: string; password: string }> {
  const staff = await findStaff(tx.db, input.staffId, 'for update');
  if (!staff) throw notFound('staff member');
  if (!staff.active) {
    throw new Refusal('conflict', `${staff.displayName} no longer works here. Bring them back first.`);
  }
  const accounts = await lockAccounts(tx.db);
  if (accounts.some((account) => account.staffId === input.staffId)) {
    throw new Refusal(
      'conflict',
      `${staff.displayName} has an account already. Change it, or reset its password.`,
    );
  }
  const password = newPassword(input.email);
  const { displayName } = staff;
  const accountId = await createAccount(tx, { ...input, displayName, password, mustChangePassword: true });
  tx.touch('practice', accountId);
  return { accountId, password };
}

function newPassword(email: string): string {
  const own = email.split('@')[0]?.toLowerCase() ?? '';
  const password = readablePassword(randomInt);
  // An e-mail like `fox@…`: its own word may not stand in the password.
  return own !== '' && password.includes(own) && own.length > 2 ? newPassword(email) : password;
}

/** Change roles or e-mail, disable or enable; someone must stay who can manage accounts. */
export async function changeAccount(
  tx: Tx,
  accountId: string,
  { version, ...wanted }: AccountChange,
): Promise<number> {
  const accounts = await lockAccounts(tx.db);
  const before = accounts.find((account) => account.accountId === accountId);
  if (!before) throw notFound('account');
  if (before.version !== version) throw stale('account', before);
  const email = wanted.email?.trim().toLowerCase();
  await refuseWithoutManager(
    tx,
    accounts.map((one) => (one === before ? { ...one, ...wanted } : one)),
  );
  if (email !== undefined && email !== before.email) refuseTakenEmail(accounts, email);
  await change(tx, accountId, version, wanted);
  tx.touch('practice', accountId);
  return version + 1;
}

function refuseTakenEmail(accounts: readonly AccountRow[], email: string): void {
  if (!accounts.some((account) => account.email === email)) return;
  const message = 'This e-mail already signs in somewhere. Use another one.';
  throw new Refusal('conflict', message, { fields: { email: 'Already in use.' } });
}

async function refuseWithoutManager(
  tx: Tx,
  accounts: readonly AccountRow[],
  changes?: readonly RoleChange[],
): Promise<void> {
  const known = changes ?? (await listRoleChanges(tx.db));
  const manages = (account: AccountRow) =>
    !account.disabled && permissionsOf(account.roles, known, practicePermissions).has('accounts.manage');
  if (accounts.some(manages)) return;
  throw new Refusal(
    'conflict',
    'Nobody would be left who can manage accounts. Give another person the manager role first.',
  );
}

/** A new password, shown once; the person is signed out everywhere and must change it. */
export async function resetPassword(tx: Tx, accountId: string, version: number): Promise<string> {
  const before = (await lockAccounts(tx.db)).find((account) => account.accountId === accountId);
  if (!before) throw notFound('account');
  if (before.version !== version) throw stale('account', before);
  if (accountId === tx.actor.accountId) {
    throw new Refusal('conflict', 'This is your own account. Change your password in the menu of your name.');
  }
  const password = newPassword(before.email);
  await setPassword(tx, accountId, password, true);
  tx.touch('practice', accountId);
  return password;
}

/** Change someone who works here; who leaves can no longer sign in, and the account's name follows. */
export async function changeStaffAndAccount(tx: Tx, staffId: string, wanted: StaffChange): Promise<number> {
  const accounts = await lockAccounts(tx.db);
  const version = await changeStaff(tx, staffId, wanted);
  const account = accounts.find((one) => one.staffId === staffId);
  if (!account) return version;
  const leaves = wanted.active === false && !account.disabled;
  const displayName = wanted.displayName;
  if (leaves) {
    await refuseWithoutManager(
      tx,
      accounts.map((one) => (one === account ? { ...one, disabled: true } : one)),
    );
  }
  if (leaves || (displayName !== undefined && displayName !== account.displayName)) {
    await change(tx, account.accountId, account.version, {
      displayName,
      ...(leaves ? { disabled: true } : {}),
    });
  }
  return version;
}

type Grant = { role: string; permission: string; allowed: boolean; was: boolean };

/** Grant a role a permission or take it away. Refuses what the desk saw otherwise, and to lock all managers out. */
export async function changeRole(tx: Tx, catalog: readonly Permission[], grant: Grant): Promise<void> {
  const { role, permission, allowed, was } = grant;
  const known = catalog.find((one) => one.key === permission);
  if (!known) throw notFound('permission');
  const accounts = await lockAccounts(tx.db);
  const changes = await listRoleChanges(tx.db);
  const now = permissionsOf([role], changes, [known]).has(permission);
  if (now !== was) throw stale('role', { allowed: now });
  if (now === allowed) return;
  const others = changes.filter((one) => one.role !== role || one.permission !== permission);
  if (permission === 'accounts.manage') {
    await refuseWithoutManager(tx, accounts, [...others, { role, permission, allowed }]);
  }
  const byDefault = permissionsOf([role], [], [known]).has(permission);
  await setRoleChange(tx, { role, permission, allowed }, byDefault);
  tx.touch('practice', role);
}
