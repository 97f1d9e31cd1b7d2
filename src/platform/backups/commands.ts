import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../id.ts';
import { Refusal, stale } from '../refusal.ts';
import { openSecret, sealSecret } from '../session/factors/secrets.ts';

import type { BackupPlan } from './api.ts';
import { againMs, findPlan, type PlanRow } from './queries.ts';

/** A backup that was written: the name of its file, and its size. */
type Written = { file: string; bytes: number };

const ownerOf = (practiceId: string) => `backup passphrase ${practiceId}`;

/** The passphrase that was typed into the plan, opened; null when none was, or the office's key is another one. */
export function keptPassphrase(plan: PlanRow, officeKey: Buffer, practiceId: string): string | null {
  if (!plan.sealedPassphrase) return null;
  return (
    openSecret(officeKey, Buffer.from(plan.sealedPassphrase), ownerOf(practiceId))?.toString('utf8') ?? null
  );
}

type Wanted = BackupPlan & { version: number; passphrase: string };

/** Plan the daily backup. @param hasPassphrase one comes from the environment */
export async function planBackups(
  tx: Tx,
  officeKey: Buffer,
  { version, passphrase, ...wanted }: Wanted,
  hasPassphrase: boolean,
): Promise<number> {
  const before = await findPlan(tx.db, 'for update');
  if ((before?.version ?? 0) !== version)
    throw stale('plan', before && { ...before, sealedPassphrase: null });
  const sealed =
    passphrase === ''
      ? (before?.sealedPassphrase ?? null)
      : sealSecret(officeKey, Buffer.from(passphrase), ownerOf(tx.practiceId));
  if (!sealed && !hasPassphrase) {
    const message = 'Choose a passphrase: a backup is the whole practice, and is never written unsealed.';
    throw new Refusal('bad-input', message, { fields: { passphrase: message } });
  }
  await sql`
    insert into backup_plans (practice_id, at_local, folder, keep, drill_days, sealed_passphrase, since)
    values (${tx.practiceId}, ${wanted.atLocal}, ${wanted.folder}, ${wanted.keep}, ${wanted.drillDays}, ${sealed},
      ${tx.now})
    on conflict (practice_id) do update set at_local = excluded.at_local, folder = excluded.folder,
      keep = excluded.keep, drill_days = excluded.drill_days, sealed_passphrase = excluded.sealed_passphrase,
      since = case when backup_plans.at_local = excluded.at_local then backup_plans.since else excluded.since end,
      version = backup_plans.version + 1`.execute(tx.db);
  tx.touch('backups');
  tx.audit({
    action: 'backups.planned',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    after: { ...wanted, newPassphrase: passphrase !== '' },
  });
  return version + 1;
}

/** Someone wants one now: it is due at this moment, and the keeper of backups takes it up. */
export async function backUpNow(tx: Tx): Promise<void> {
  const { numAffectedRows } = await sql`
    update backup_plans set asked_at = ${tx.now} where practice_id = ${tx.practiceId}`.execute(tx.db);
  if (numAffectedRows === 0n)
    throw new Refusal('conflict', 'Plan the backups first: when, where, and with which passphrase.');
  tx.touch('backups');
  tx.audit({ action: 'backups.asked', subjectKind: 'practice', subjectIds: [tx.practiceId] });
}

export async function noteDrill(tx: Tx, note: string): Promise<void> {
  const drillId = newId(tx.now.getTime());
  await sql`
    insert into restore_drills (practice_id, drill_id, at, staff_id, note)
    values (${tx.practiceId}, ${drillId}, ${tx.now}, ${tx.actor.staffId}, ${note})`.execute(tx.db);
  tx.touch('backups');
  const subjectIds = [tx.practiceId];
  tx.audit({ action: 'backups.restore-tried', subjectKind: 'practice', subjectIds, after: { note } });
}

/** Take up the backup that is due, for this process alone. @returns null when it is made, or another is at it */
export async function claimRun(tx: Tx, dueAt: Date): Promise<string | null> {
  const again = new Date(tx.now.getTime() - againMs);
  const { rows } = await sql<{ runId: string }>`
    insert into backup_runs (practice_id, run_id, due_at, started_at)
    values (${tx.practiceId}, ${newId(tx.now.getTime())}, ${dueAt}, ${tx.now})
    on conflict (practice_id, due_at) do update
      set started_at = excluded.started_at, tries = backup_runs.tries + 1
      where backup_runs.finished_at is null and backup_runs.started_at <= ${again}
    returning run_id`.execute(tx.db);
  return rows[0]?.runId ?? null;
}

export async function finishRun(tx: Tx, runId: string, made: Written): Promise<void> {
  await sql`
    update backup_runs set finished_at = ${tx.now}, file = ${made.file}, bytes = ${made.bytes}, fault = ''
    where practice_id = ${tx.practiceId} and run_id = ${runId}`.execute(tx.db);
  await sql`
    delete from backup_runs
    where practice_id = ${tx.practiceId} and due_at < ${new Date(tx.now.getTime() - 400 * 86_400_000)}`.execute(
    tx.db,
  );
  const after = { file: made.file, bytes: made.bytes };
  tx.audit({ action: 'backups.made', subjectKind: 'practice', subjectIds: [tx.practiceId], after });
  tx.touch('backups');
}

export async function failRun(tx: Tx, runId: string, fault: string): Promise<void> {
  await sql`
    update backup_runs set fault = ${fault.slice(0, 300)}
    where practice_id = ${tx.practiceId} and run_id = ${runId}`.execute(tx.db);
  tx.audit({ action: 'backups.failed', subjectKind: 'practice', subjectIds: [tx.practiceId] });
  tx.touch('backups');
}

/** One made by hand on the command line counts as well. */
export async function noteBackup(tx: Tx, made: Written): Promise<void> {
  await sql`
    insert into backup_runs (practice_id, run_id, due_at, started_at, finished_at, file, bytes)
    values (${tx.practiceId}, ${newId(tx.now.getTime())}, ${tx.now}, ${tx.now}, ${tx.now}, ${made.file},
      ${made.bytes})
    on conflict do nothing`.execute(tx.db);
  tx.touch('backups');
}
