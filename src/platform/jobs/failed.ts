import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { FailedJob } from './api.ts';

/** Jobs that failed too often and wait for a person. */
export async function listFailedJobs(db: Db): Promise<FailedJob[]> {
  const { rows } = await sql<FailedJob>`
    select job_id, kind, attempts, coalesce(last_error, '') as last_error, dead_at, created_at
    from jobs where dead_at is not null order by dead_at, job_id limit 200`.execute(db);
  return rows;
}

async function lockFailed(tx: Tx, jobId: string): Promise<{ kind: string }> {
  const { rows } = await sql<{ kind: string }>`
    select kind from jobs where job_id = ${jobId} and dead_at is not null for update`.execute(tx.db);
  if (rows[0]) return rows[0];
  throw new Refusal('not-found', 'This job is no longer waiting: it ran meanwhile, or someone let it go.');
}

/** Put a failed job back in the queue, due now, with all its tries. */
export async function retryJob(tx: Tx, jobId: string): Promise<void> {
  const { kind } = await lockFailed(tx, jobId);
  await sql`
    update jobs set dead_at = null, attempts = 0, leased_until = null, run_at = ${tx.now}
    where practice_id = ${tx.practiceId} and job_id = ${jobId}`.execute(tx.db);
  tx.audit({ action: 'job.retried', subjectKind: 'job', subjectIds: [jobId], after: { kind } });
  tx.touch('jobs');
}

/** Remove a failed job; what waited behind it for the same subject goes on. */
export async function letGoOfJob(tx: Tx, jobId: string, reason: string): Promise<void> {
  const { kind } = await lockFailed(tx, jobId);
  await sql`delete from jobs where practice_id = ${tx.practiceId} and job_id = ${jobId}`.execute(tx.db);
  tx.audit({ action: 'job.let-go', subjectKind: 'job', subjectIds: [jobId], before: { kind }, reason });
  tx.touch('jobs');
}
