import { sql } from 'kysely';
import { dbOver } from './db/database.ts';
import { type Store, withLink } from './db/transaction.ts';

export type PracticeKind = 'real' | 'demo' | 'training';

/** Which practices this database holds: ids and kinds, oldest first. */
export async function listPractices(store: Store): Promise<{ practiceId: string; kind: PracticeKind }[]> {
  return withLink(store.source, async (link) => {
    const { rows } = await sql<{ practiceId: string; kind: PracticeKind }>`
      select practice_id, kind from frontdesk.list_practices()`.execute(dbOver(link, store.count));
    return rows;
  });
}
