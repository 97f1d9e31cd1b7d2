import { auditKey } from '../platform/audit/key.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { type OpenedDatabase, openDatabase } from '../platform/db/open.ts';
import type { Store } from '../platform/db/transaction.ts';
import { LiveHub } from '../platform/http/live.ts';
import { backupBeforeMigrating } from './backup.ts';
import { refuseMoved } from './moved-away.ts';
import { makeStore, migrationsFolder } from './office.ts';

export type OpenStore = { config: Config; database: OpenedDatabase; store: Store };

/** Open the configured database for a command, and close it after. */
export async function withStore<T>(work: (open: OpenStore) => Promise<T>): Promise<T> {
  const config = readConfig();
  refuseMoved(config);
  const database = await openDatabase(config, migrationsFolder, backupBeforeMigrating(config));
  const store = makeStore(database.source, auditKey(config.dataFolder, config.auditKey), new LiveHub());
  try {
    return await work({ config, database, store });
  } finally {
    await database.close();
  }
}
