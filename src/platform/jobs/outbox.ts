import { sql } from 'kysely';
import type { JobHandler, OutboxEvent } from '../contributions.ts';
import type { Tx } from '../db/transaction.ts';
import { newId } from '../id.ts';

/** Which handlers react to an event kind; set once by src/app when the office starts. */
const reactions = new Map<string, JobHandler[]>();

/** Register the features' reactions. Called by src/app with its list. */
export function registerReactions(handlers: readonly JobHandler[]): void {
  reactions.clear();
  for (const handler of handlers) {
    for (const kind of handler.on ?? []) {
      reactions.set(kind, [...(reactions.get(kind) ?? []), handler]);
    }
  }
}

/**
 * Write events and, in the same transaction, one job per reacting handler: once per handler and event, in
 * order per subject. What nobody reacts to leaves no row: what happened stands in the audit.
 */
export async function writeEvents(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  const told = events
    .filter((event) => reactions.has(event.kind))
    .map((event) => ({ ...event, eventId: newId() }));
  if (told.length === 0) return;
  const jobs = told.flatMap(({ eventId, kind, subjectId, payload }) =>
    (reactions.get(kind) ?? []).map((handler) => ({
      jobId: newId(),
      kind: handler.kind,
      subjectKey: subjectId,
      uniqueKey: `${handler.kind}:${eventId}`,
      payload: { ...payload, eventKind: kind, eventId, subjectId },
    })),
  );
  await sql`
    with told as (
      insert into outbox_events (practice_id, event_id, kind, subject_id, payload, at)
      select ${tx.practiceId}, e."eventId", e.kind, e."subjectId", e.payload, ${tx.now}
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
        as e("eventId" uuid, kind text, "subjectId" uuid, payload jsonb)
    )
    insert into jobs (practice_id, job_id, kind, subject_key, unique_key, payload, run_at, created_at)
    select ${tx.practiceId}, j."jobId", j.kind, j."subjectKey", j."uniqueKey", j.payload, ${tx.now}, ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb)
      as j("jobId" uuid, kind text, "subjectKey" text, "uniqueKey" text, payload jsonb)
    on conflict (practice_id, unique_key) do nothing`.execute(tx.db);
}

export type NewJob = {
  kind: string;
  subjectKey?: string;
  /** A second job with the same key, while the first waits, is not made. */
  uniqueKey?: string;
  payload?: Record<string, unknown>;
  runAt?: Date;
};

/** Put a job in the queue, in the business transaction. */
export async function enqueueJob(tx: Tx, job: NewJob): Promise<void> {
  await sql`
    insert into jobs (practice_id, job_id, kind, subject_key, unique_key, payload, run_at, created_at)
    values (${tx.practiceId}, ${newId()}, ${job.kind}, ${job.subjectKey ?? ''}, ${job.uniqueKey ?? null},
      ${JSON.stringify(job.payload ?? {})}::jsonb, ${job.runAt ?? tx.now}, ${tx.now})
    on conflict (practice_id, unique_key) do nothing`.execute(tx.db);
}
