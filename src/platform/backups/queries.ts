import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tx } from '../db/transaction.ts';
import type { BackupRun } from './api.ts';
import type { Plan } from './rules.ts';

export type PlanRow = Plan & {
  folder: string;
  keep: number;
  sealedPassphrase: Buffer | null;
  version: number;
};

export async function findPlan(db: Db, lock?: 'for update'): Promise<PlanRow | null> {
  const locking = lock ? sql`for update` : sql``;
  const { rows } = await sql<PlanRow>`
    select at_local, folder, keep, drill_days, sealed_passphrase, since, asked_at, version
    from backup_plans ${locking}`.execute(db);
  return rows[0] ?? null;
}

export async function listRuns(db: Db): Promise<BackupRun[]> {
  const { rows } = await sql<BackupRun & { bytes: string | null }>`
    select run_id, due_at, finished_at, file, bytes, fault from backup_runs
    order by due_at desc, run_id limit 14`.execute(db);
  return rows.map((row) => ({ ...row, bytes: row.bytes === null ? null : Number(row.bytes) }));
}

export async function findLastDrillAt(db: Db): Promise<string | null> {
  const { rows } = await sql<{ at: string | null }>`select max(at) as at from restore_drills`.execute(db);
  return rows[0]?.at ?? null;
}

/** The practice's own facts that its backups hang on. */
export async function findPracticeAge(
  db: Db,
): Promise<{ practiceId: string; kind: string; createdAt: string; timeZone: string }> {
  const { rows } = await sql<{ practiceId: string; kind: string; createdAt: string; timeZone: string }>`
    select practice_id, kind, created_at, time_zone from practices`.execute(db);
  if (!rows[0]) throw new Error('A transaction is always of a practice.');
  return rows[0];
}

/** A failed or broken off try is taken up again after this. */
export const againMs = 60 * 60_000;

/** Whether a backup for this moment is still to be made, and nobody was at it within the hour. */
export async function isOpen(tx: Tx, dueAt: Date): Promise<boolean> {
  const again = new Date(tx.now.getTime() - againMs);
  const { rows } = await sql`
    select from backup_runs where due_at = ${dueAt} and (finished_at is not null or started_at > ${again})`.execute(
    tx.db,
  );
  return rows.length === 0;
}
