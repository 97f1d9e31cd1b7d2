import type { AuditedRead, Store } from '../db/transaction.ts';
import { inTransaction, theOffice } from '../db/transaction.ts';
import { appendAudit } from './record.ts';

/**
 * Reads are audited before they are answered, many in one transaction: while one batch is being written, the
 * next gathers. So a search costs no commit of its own under load, and none is answered unrecorded.
 */
export function readAuditor(store: () => Store): Store['readAudit'] {
  type Batch = { entries: AuditedRead[]; done: Promise<void> };
  const gathering = new Map<string, Batch>();
  const writing = new Map<string, Promise<void>>();

  const write = async (practiceId: string, entries: AuditedRead[]): Promise<void> => {
    const opening = { practiceId, actor: theOffice, requestId: 'reads' };
    await inTransaction(store(), opening, (tx) => appendAudit(tx.db, store().auditKey, practiceId, entries));
  };

  return (practiceId, entries) => {
    const open = gathering.get(practiceId);
    if (open) {
      open.entries.push(...entries);
      return open.done;
    }
    const before = writing.get(practiceId) ?? Promise.resolve();
    const batch: Batch = { entries: [...entries], done: Promise.resolve() };
    batch.done = before
      .catch(() => undefined)
      .then(() => {
        gathering.delete(practiceId);
        const run = write(practiceId, batch.entries);
        writing.set(practiceId, run);
        return run;
      });
    gathering.set(practiceId, batch);
    return batch.done;
  };
}
