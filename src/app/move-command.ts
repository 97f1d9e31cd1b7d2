import { auditKey } from '../platform/audit/key.ts';
import { readConfig } from '../platform/config.ts';
import { readMigrations } from '../platform/db/migrate.ts';
import { moveInto } from '../platform/db/move.ts';
import { openServer } from '../platform/db/server.ts';
import { withLink } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { noteMoved } from './moved-away.ts';
import { migrationsFolder, version } from './office.ts';
import { withStore } from './open-store.ts';

/** `frontdesk move-to <DATABASE_OWNER_URL>`: the whole embedded database into an empty one on a server. */
export async function moveTo(words: string[]): Promise<number> {
  const [url] = words;
  if (!url?.startsWith('postgres'))
    throw new Error('Say where to: frontdesk move-to postgres://owner:password@host/database.');
  const config = readConfig();
  if (config.databaseUrl)
    throw new Error(
      'DATABASE_URL is set: this office is on a server already. Unset it to move the embedded one.',
    );
  await withStore(async ({ database, store }) => {
    if ((await listPractices(store)).length === 0)
      throw new Error('There is no practice here to move. Set FRONTDESK_DATA to the folder that holds it.');
    const owner = openServer(url, 1);
    try {
      const facts = {
        version,
        at: new Date().toISOString(),
        auditKey: auditKey(config.dataFolder, config.auditKey).toString('hex'),
      };
      const tables = await withLink(owner, (target) =>
        withLink(database.source, (source) =>
          moveInto(target, source, facts, readMigrations(migrationsFolder)),
        ),
      );
      noteMoved(config, facts.at);
      const rows = [...tables.values()].reduce((sum, { count }) => sum + count, 0);
      process.stdout.write(
        `Moved ${tables.size} tables, ${rows.toLocaleString('en-US')} rows; each was read back and is the same.\n` +
          'Start the office with DATABASE_URL (a plain login role) and, the first time, DATABASE_OWNER_URL.\n' +
          'The audit key stays in this data folder: keep FRONTDESK_DATA as it is. The embedded copy stays too; delete it once the server is backed up.\n',
      );
    } finally {
      await owner.close();
    }
  });
  return 0;
}
