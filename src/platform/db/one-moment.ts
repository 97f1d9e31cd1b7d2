import { type Db, dbOver } from './database.ts';
import { type Store, withLink } from './transaction.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Read a practice as it stands at one moment, in many statements, also while the office works: for exports. It
 * writes nothing; what was read is for the caller to audit.
 */
export async function readAtOneMoment<T>(
  store: Store,
  practiceId: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  if (!uuid.test(practiceId)) throw new Error('A practice id is a UUID.');
  return withLink(store.source, async (link) => {
    // The embedded session is the owner's until it says otherwise; a server's login is the application's already.
    const role = store.source.kind === 'embedded' ? 'set local role frontdesk_app;' : '';
    await link.exec(
      `begin isolation level repeatable read read only; ${role} select set_config('frontdesk.practice_id', '${practiceId}', true)`,
    );
    try {
      return await work(dbOver(link, store.count));
    } finally {
      await link.exec('rollback');
    }
  });
}
