import { sql } from 'kysely';
import { type Db, dbOver } from '../db/database.ts';
import { type Store, type Tx, withLink } from '../db/transaction.ts';
import { newId } from '../id.ts';
import { notFound, Refusal, stale } from '../refusal.ts';
import { bucket, noteFailures, refuseGuesser } from './attempts.ts';
import { hashPassword, passwordMatches, whyWeak } from './password.ts';
import { endSessionsOf } from './session.ts';

export type Account = {
  practiceId: string;
  accountId: string;
  staffId: string;
  email: string;
  passwordHash: string | null;
  mustChangePassword: boolean;
  roles: string[];
  disabledAt: string | null;
  version: number;
};

async function accountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select practice_id, account_id, staff_id, email, password_hash, must_change_password, roles, disabled_at, version
    from frontdesk.account_by_email(${email})`.execute(db);
  return rows[0];
}

/** Whose e-mail this is, for the command line. */
export function findAccount(store: Store, email: string): Promise<Account | undefined> {
  return withLink(store.source, (link) => accountByEmail(dbOver(link, store.count), email));
}

/** Find the account of an e-mail and check its password; slow down who guesses, by account and by address. */
export async function checkPassword(
  store: Store,
  email: string,
  password: string,
  address: string,
): Promise<Account> {
  const now = store.clock.now();
  const buckets = [bucket('email', email), bucket('address', address)] as const;
  return withLink(store.source, async (link) => {
    const db = dbOver(link, store.count);
    await refuseGuesser(db, buckets, now);
    const account = await accountByEmail(db, email);
    if (account && (await passwordMatches(account.passwordHash, password)) && !account.disabledAt) {
      await sql`select frontdesk.clear_sign_in_failures(${buckets[0]})`.execute(db);
      return account;
    }
    if (!account) await passwordMatches(null, password);
    await noteFailures(db, buckets, now);
    throw new Refusal(
      'not-signed-in',
      'This e-mail and password do not go together. Check both and try again.',
    );
  });
}

export type NewAccount = {
  staffId: string;
  displayName: string;
  email: string;
  roles: string[];
  /** absent: the person cannot sign in until the manager sets one */
  password?: string;
  mustChangePassword?: boolean;
  /** The demo's password is printed on its sign-in page: no strength is asked of it. */
  publicPassword?: boolean;
};

/** Give a staff member an account. Refuses an e-mail that is taken anywhere, and a weak password. */
export async function createAccount(tx: Tx, input: NewAccount): Promise<string> {
  const email = input.email.trim().toLowerCase();
  if (input.password !== undefined && !input.publicPassword) refuseWeak(input.password, email);
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  const accountId = newId();
  const { numAffectedRows } = await sql`
    insert into accounts (practice_id, account_id, staff_id, display_name, email, password_hash, must_change_password, roles)
    values (${tx.practiceId}, ${accountId}, ${input.staffId}, ${input.displayName}, ${email}, ${passwordHash},
      ${input.mustChangePassword ?? false}, ${input.roles}::text[])
    on conflict do nothing`.execute(tx.db);
  if (numAffectedRows === 0n) {
    throw new Refusal('conflict', 'This e-mail already signs in somewhere. Use another one.', {
      fields: { email: 'Already in use.' },
    });
  }
  const after = { staffId: input.staffId, email, roles: input.roles };
  tx.audit({ action: 'account.created', subjectKind: 'account', subjectIds: [accountId], after });
  return accountId;
}

function refuseWeak(password: string, email: string): void {
  const weakness = whyWeak(password, email);
  if (weakness) throw new Refusal('bad-input', weakness, { fields: { password: weakness } });
}

async function lockAccount(tx: Tx, accountId: string): Promise<Account> {
  const { rows } = await sql<Account>`
    select practice_id, account_id, staff_id, email, password_hash, must_change_password, roles, disabled_at, version
    from accounts where practice_id = ${tx.practiceId} and account_id = ${accountId} for update`.execute(
    tx.db,
  );
  if (!rows[0]) throw notFound('account');
  return rows[0];
}

/** What the audit keeps of an account: never the hash. */
function facts(account: Account) {
  const { email, roles, disabledAt, staffId, mustChangePassword } = account;
  return { email, roles, disabledAt, staffId, mustChangePassword };
}

export type AccountChange = { roles?: string[]; disabled?: boolean; email?: string; displayName?: string };

/** Change roles or e-mail, disable or enable. Disabling ends the person's sessions at once. */
export async function changeAccount(
  tx: Tx,
  accountId: string,
  version: number,
  change: AccountChange,
): Promise<void> {
  const account = await lockAccount(tx, accountId);
  if (account.version !== version) throw stale('account', { version: account.version, ...facts(account) });
  if (change.disabled && accountId === tx.actor.accountId) {
    throw new Refusal('conflict', 'You cannot disable your own account. Ask another manager.');
  }
  const after: Account = {
    ...account,
    roles: change.roles ?? account.roles,
    email: change.email?.trim().toLowerCase() ?? account.email,
    disabledAt:
      change.disabled === undefined ? account.disabledAt : change.disabled ? tx.now.toISOString() : null,
  };
  await sql`
    update accounts set roles = ${after.roles}::text[], email = ${after.email}, disabled_at = ${after.disabledAt},
      display_name = coalesce(${change.displayName ?? null}, display_name),
      version = version + 1
    where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  if (change.disabled) await endSessionsOf(tx, accountId);
  tx.touch('sessions');
  tx.audit({
    action: 'account.changed',
    subjectKind: 'account',
    subjectIds: [accountId],
    before: facts(account),
    after: facts(after),
  });
}

/** Set a password: the manager's reset (must be changed at the next sign-in) or a person's own. */
export async function setPassword(
  tx: Tx,
  accountId: string,
  password: string,
  mustChange: boolean,
): Promise<void> {
  const account = await lockAccount(tx, accountId);
  refuseWeak(password, account.email);
  const passwordHash = await hashPassword(password);
  await sql`
    update accounts set password_hash = ${passwordHash}, must_change_password = ${mustChange}, version = version + 1
    where practice_id = ${tx.practiceId} and account_id = ${accountId}`.execute(tx.db);
  await endSessionsOf(tx, accountId);
  tx.audit({
    action: 'account.password-set',
    subjectKind: 'account',
    subjectIds: [accountId],
    after: { mustChange },
  });
}
