import { setTimeout as pause } from 'node:timers/promises';
import type { AuditedRead, Store } from '../db/transaction.ts';
import { inTransaction, theOffice } from '../db/transaction.ts';
import { appendAudit } from './record.ts';

/** How long a batch waits for company once several desks read at a time, in milliseconds. */
const companyMs = 6;

type Batch = { entries: AuditedRead[]; asks: number; done: Promise<void>; end(fault?: unknown): void };
type Queue = { gathering: Batch; running: boolean; lastAsks: number };

function newBatch(): Batch {
  let end: Batch['end'] = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (fault) => (fault === undefined ? resolve() : reject(fault));
  });
  return { entries: [], asks: 0, done, end };
}

/**
 * Reads are audited before they are answered, many in one transaction: while one batch is being written, the
 * next gathers. So a search costs no commit of its own under load, and none is answered unrecorded.
 */
export function readAuditor(store: () => Store): Store['readAudit'] {
  const queues = new Map<string, Queue>();

  const write = (practiceId: string, entries: AuditedRead[]): Promise<void> => {
    const opening = { practiceId, actor: theOffice, requestId: 'reads' };
    return inTransaction(store(), opening, (tx) => appendAudit(tx.db, store().auditKey, practiceId, entries));
  };

  const run = async (practiceId: string, queue: Queue): Promise<void> => {
    queue.running = true;
    while (queue.gathering.asks > 0) {
      // A desk alone is answered at once.
      if (queue.lastAsks > 1) await pause(companyMs);
      const batch = queue.gathering;
      queue.gathering = newBatch();
      queue.lastAsks = batch.asks;
      await write(practiceId, batch.entries).then(() => batch.end(), batch.end);
    }
    queue.running = false;
  };

  return (practiceId, entries) => {
    const queue = queues.get(practiceId) ?? { gathering: newBatch(), running: false, lastAsks: 0 };
    queues.set(practiceId, queue);
    const { gathering } = queue;
    gathering.entries.push(...entries);
    gathering.asks += 1;
    if (!queue.running) void run(practiceId, queue);
    return gathering.done;
  };
}
