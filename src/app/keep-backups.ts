import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { claimRun, failRun, finishRun, keptPassphrase, noteBackup } from '../platform/backups/commands.ts';
import { findPlan, findPracticeAge, isOpen, type PlanRow } from '../platform/backups/queries.ts';
import { passphraseOfEnvironment } from '../platform/backups/routes.ts';
import { backupName, lastDue, outdated } from '../platform/backups/rules.ts';
import { checkDump } from '../platform/db/load.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { type MadeBackup, readBackup } from './backup.ts';

/** How a backup is written here (backup-command.ts). */
export type Write = (file: string, passphrase: string) => Promise<MadeBackup>;

const everyMs = 20_000;

type Due = { practiceId: string; runId: string; plan: PlanRow };

/**
 * Make the backup that is due, if one is, and read it through again. A backup takes longer than a job may, and
 * reads the whole database: it runs beside the queue, one at a time, claimed in the database so that of several
 * processes one makes it. What fails is noted, owed on Today, and tried again after an hour.
 * @returns how many were made
 */
export async function makeDueBackups(store: Store, dataFolder: string, write: Write): Promise<number> {
  const practices = await listPractices(store);
  let made = 0;
  for (const { practiceId, kind } of practices) {
    if (kind === 'demo') continue;
    const due = await claimDue(store, practiceId);
    if (!due) continue;
    const alone = practices.filter((one) => one.kind !== 'demo').length === 1;
    const within = <T>(work: (tx: Tx) => Promise<T>) =>
      inTransaction(store, { practiceId, actor: theOffice, requestId: 'backup' }, work);
    try {
      if (!alone) throw new Error('This office holds several practices: its host makes the backups.');
      const file = await makeOne(store, dataFolder, due, write);
      await within((tx) => finishRun(tx, due.runId, file));
      made += 1;
    } catch (error) {
      await within((tx) => failRun(tx, due.runId, (error as Error).message));
    }
  }
  return made;
}

/** One made by hand, on the command line, counts for every practice that it holds. */
export async function noteByHand(store: Store, made: MadeBackup): Promise<void> {
  for (const { practiceId, kind } of await listPractices(store)) {
    if (kind === 'demo') continue;
    const opening = { practiceId, actor: theOffice, requestId: 'backup' };
    await inTransaction(store, opening, (tx) => noteBackup(tx, made));
  }
}

/** Nothing is written, and no transaction that writes is opened, where nothing is due. */
async function claimDue(store: Store, practiceId: string): Promise<Due | null> {
  const opening = { practiceId, actor: theOffice, requestId: 'backup' };
  const found = await inTransaction(store, { ...opening, readOnly: true }, async (tx) => {
    const plan = await findPlan(tx.db);
    const dueAt = plan && lastDue(plan, tx.now, (await findPracticeAge(tx.db)).timeZone);
    return plan && dueAt && (await isOpen(tx, dueAt)) ? { plan, dueAt } : null;
  });
  if (!found) return null;
  const runId = await inTransaction(store, opening, (tx) => claimRun(tx, found.dueAt));
  return runId ? { practiceId, runId, plan: found.plan } : null;
}

async function makeOne(
  store: Store,
  dataFolder: string,
  { plan, practiceId }: Due,
  write: Write,
): Promise<MadeBackup> {
  const passphrase = passphraseOfEnvironment() ?? keptPassphrase(plan, store.auditKey, practiceId);
  if (!passphrase) throw new Error('The passphrase is missing: type it again in the plan.');
  const folder = path.resolve(dataFolder, plan.folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = backupName(store.clock.now(), new Set(readdirSync(folder)));
  const made = await write(path.join(folder, name), passphrase);
  // A file that cannot be read back is no backup.
  await checkDump(readBackup(path.join(folder, name), passphrase));
  for (const file of outdated(readdirSync(folder), plan.keep)) rmSync(path.join(folder, file));
  return made;
}

/** Look every few seconds whether a backup is due. @returns what stops it, after the running one */
export function keepBackups(
  store: Store,
  dataFolder: string,
  write: Write,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const look = () => {
    if (busy) return;
    busy = true;
    running = makeDueBackups(store, dataFolder, write)
      .catch(onFailure)
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(look, everyMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
