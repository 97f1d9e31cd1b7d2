import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, readConfig } from '../platform/config.ts';
import type { LinkSource } from '../platform/db/database.ts';
import type { DumpHead } from '../platform/db/dump.ts';
import { openEmbedded } from '../platform/db/embedded.ts';
import { lockFolder } from '../platform/db/folder-lock.ts';
import { checkDump, loadDump } from '../platform/db/load.ts';
import { readMigrations } from '../platform/db/migrate.ts';
import { openServer } from '../platform/db/server.ts';
import { withLink } from '../platform/db/transaction.ts';
import { backupPassphrase, readBackup } from './backup.ts';
import { migrationsFolder } from './office.ts';

/** `frontdesk restore <file>`: read it through first; write only when every count and hash agrees. */
export async function restore(words: string[]): Promise<number> {
  const [file] = words;
  if (!file || !existsSync(file)) throw new Error('Say which backup: frontdesk restore <file>.');
  const config = readConfig();
  const passphrase = backupPassphrase();
  const checked = await checkDump(readBackup(file, passphrase));
  process.stdout.write(
    `The backup of ${checked.head.at} is whole: ${checked.tables} tables, ${checked.rows} rows.\n`,
  );
  await withOwner(config, (source) =>
    withLink(source, (link) =>
      loadDump(link, checked.head, readBackup(file, passphrase), readMigrations(migrationsFolder)),
    ),
  );
  keepAuditKey(config, checked.head);
  process.stdout.write('Restored. “frontdesk audit verify” checks its chain.\n');
  return 0;
}

/** The chain of the restored audit needs the key that it was made with. */
function keepAuditKey(config: Config, head: DumpHead): void {
  if (config.auditKey) {
    if (config.auditKey !== head.auditKey)
      process.stdout.write('FRONTDESK_AUDIT_KEY is not the backup’s: set it to verify its audit.\n');
    return;
  }
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(config.dataFolder, 'audit.key'), head.auditKey, { mode: 0o600 });
}

async function withOwner(config: Config, work: (source: LinkSource) => Promise<void>): Promise<void> {
  if (config.databaseUrl) {
    if (!config.ownerUrl) throw new Error('Set DATABASE_OWNER_URL: restoring needs the owner of the tables.');
    const source = openServer(config.ownerUrl, 2);
    return work(source).finally(() => source.close());
  }
  const unlock = lockFolder(config.dataFolder);
  try {
    const source = await openEmbedded({ folder: path.join(config.dataFolder, 'database'), durable: true });
    await work(source).finally(() => source.close());
  } finally {
    unlock();
  }
}
