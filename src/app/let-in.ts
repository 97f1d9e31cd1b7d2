import { randomInt } from 'node:crypto';
import { readablePassword } from '../features/practice/accounts/rules.ts';
import { readConfig } from '../platform/config.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';
import { findAccount, setPassword } from '../platform/session/accounts.ts';
import { resetFactors } from '../platform/session/factors/own.ts';
import { askOffice } from './control.ts';
import { withStore } from './open-store.ts';

/**
 * `frontdesk let-in <e-mail>`: the way back for a practice whose only manager lost password and second step. Whoever
 * may run it holds the machine anyway. Also while the office works.
 */
export async function letInCommand(words: string[]): Promise<number> {
  const [email] = words;
  if (!email) throw new Error('Say whom: frontdesk let-in <e-mail>.');
  const asked = await askOffice(readConfig().dataFolder, { do: 'let-in', email });
  process.stdout.write(`${asked ?? (await withStore(({ store }) => letIn(store, email)))}\n`);
  return 0;
}

/** A new password, to be changed at the first sign-in, and no second step; on record, and told at their desk. */
export async function letIn(store: Store, email: string): Promise<string> {
  const account = await findAccount(store, email);
  if (!account) throw new Error(`Nobody signs in as ${email}`);
  if (account.disabledAt)
    throw new Error('This account is disabled. A manager can enable it under “Staff and accounts”');
  const { practiceId, accountId } = account;
  const password = readablePassword(randomInt);
  await inTransaction(store, { practiceId, actor: theOffice, requestId: 'let-in' }, async (tx) => {
    await resetFactors(tx, accountId, 'Let in by the command line of the office’s machine');
    await setPassword(tx, accountId, password, true);
  });
  return `${email} signs in with the password ${password} and then chooses another. The second step is gone: set it up again.`;
}
