import { sql } from 'kysely';
import type { JobHandler } from '../contributions.ts';
import { type Db, dbOver } from '../db/database.ts';
import { inTransaction, type Store, type Tx, theOffice, withLink } from '../db/transaction.ts';
import { enqueueJob } from './outbox.ts';

type LeasedJob = {
  practiceId: string;
  jobId: string;
  kind: string;
  payload: Record<string, unknown>;
  attempts: number;
};

const maxAttempts = 8;
const leaseSeconds = 60;

/** Seconds before try n+1: 2, 8, 32 … up to an hour. */
function backOffSeconds(attempts: number): number {
  return Math.min(3600, 2 * 4 ** (attempts - 1));
}

export type JobRunner = {
  /** Take and run due jobs until none is due. Answers how many ran. */
  drain(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
};

export type JobLog = { error(fields: Record<string, unknown>, message: string): void };

/**
 * The queue's worker: `for update skip locked` with a lease, so that several processes share the work and a
 * killed one's jobs come back. What fails eight times is dead: a duty of the manager.
 */
export function jobRunner(store: Store, handlers: readonly JobHandler[], log: JobLog): JobRunner {
  const byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;

  const drain = async (): Promise<number> => {
    let ran = 0;
    for (;;) {
      const job = await leaseJob(store);
      if (!job) return ran;
      await runJob(store, byKind.get(job.kind), job, log);
      ran += 1;
    }
  };
  const tick = (): void => {
    running = drain()
      .catch((error: unknown) => {
        log.error({ err: errorName(error) }, 'the job queue could not be read');
        return 0;
      })
      .finally(() => {
        running = undefined;
        if (timer) timer = setTimeout(tick, 1000);
      });
  };
  return {
    drain,
    start: () => {
      timer = setTimeout(tick, 200);
    },
    stop: async () => {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}

function errorName(error: unknown): string {
  const fields = (error ?? {}) as { name?: string; code?: string };
  return [fields.name ?? 'Error', fields.code].filter(Boolean).join(' ');
}

async function leaseJob(store: Store): Promise<LeasedJob | undefined> {
  const now = store.clock.now();
  return withLink(store.source, async (link) => {
    const { rows } = await sql<LeasedJob>`
      select practice_id, job_id, kind, payload, attempts
      from frontdesk.lease_job(${now}, make_interval(secs => ${leaseSeconds}))`.execute(
      dbOver(link, store.count),
    );
    return rows[0];
  });
}

async function runJob(
  store: Store,
  handler: JobHandler | undefined,
  job: LeasedJob,
  log: JobLog,
): Promise<void> {
  const opening = { practiceId: job.practiceId, actor: theOffice, requestId: `job:${job.jobId}` };
  try {
    if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}.`);
    const look = <T>(work: (tx: Tx) => Promise<T>) =>
      inTransaction(store, { ...opening, readOnly: true }, work);
    const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(store, opening, work);
    const asked = await handler.ask?.(look, store.clock.now(), write, job.payload);
    await inTransaction(store, opening, async (tx) => {
      await handler.run(tx, { ...job.payload, ...asked });
      await sql`delete from jobs where practice_id = ${job.practiceId} and job_id = ${job.jobId}`.execute(
        tx.db,
      );
      if (handler.everyMinutes) await enqueueNext(tx, handler);
    });
  } catch (error) {
    log.error({ jobId: job.jobId, kind: job.kind, err: errorName(error) }, 'a job failed');
    await inTransaction(store, opening, (tx) =>
      noteFailure(tx.db, job, tx.now, errorName(error), () => tx.touch('jobs')),
    );
  }
}

async function enqueueNext(tx: Parameters<JobHandler['run']>[0], handler: JobHandler): Promise<void> {
  const runAt = new Date(tx.now.getTime() + (handler.everyMinutes ?? 0) * 60_000);
  await enqueueJob(tx, { kind: handler.kind, uniqueKey: `every:${handler.kind}`, runAt });
}

async function noteFailure(
  db: Db,
  job: LeasedJob,
  now: Date,
  name: string,
  onDead: () => void,
): Promise<void> {
  const dead = job.attempts >= maxAttempts;
  if (dead) onDead();
  const runAt = new Date(now.getTime() + backOffSeconds(job.attempts) * 1000);
  await sql`
    update jobs set leased_until = null, last_error = ${name}, run_at = ${runAt}, dead_at = ${dead ? now : null}
    where practice_id = ${job.practiceId} and job_id = ${job.jobId}`.execute(db);
}

/** Make sure that every scheduled handler has its next run in the queue of this practice. */
export async function scheduleRecurring(
  store: Store,
  practiceId: string,
  handlers: readonly JobHandler[],
): Promise<void> {
  await inTransaction(store, { practiceId, actor: theOffice, requestId: 'start' }, async (tx) => {
    for (const handler of handlers) {
      if (handler.everyMinutes)
        await enqueueJob(tx, { kind: handler.kind, uniqueKey: `every:${handler.kind}` });
    }
  });
}
