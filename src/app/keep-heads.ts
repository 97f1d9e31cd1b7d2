import { noteHead } from '../platform/audit/heads.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';

const dayMs = 86_400_000;

async function noteAll(store: Store, dataFolder: string): Promise<void> {
  for (const { practiceId } of await listPractices(store)) {
    const opening = { practiceId, actor: theOffice, readOnly: true };
    await inTransaction(store, opening, (tx) => noteHead(tx.db, dataFolder, practiceId, tx.now));
  }
}

/**
 * Note where each practice's audit ends outside the database: at the start, once a day, and when the office
 * closes. A tail cut later is then found, also together with its head.
 * @returns what notes the last ones and stops
 */
export function keepHeads(
  store: Store,
  dataFolder: string,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const note = () => noteAll(store, dataFolder).catch(onFailure);
  void note();
  const timer = setInterval(() => void note(), dayMs);
  return async () => {
    clearInterval(timer);
    await note();
  };
}
