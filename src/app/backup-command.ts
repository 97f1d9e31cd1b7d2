import path from 'node:path';
import { type Config, readConfig } from '../platform/config.ts';
import type { LinkSource } from '../platform/db/database.ts';
import { openServer } from '../platform/db/server.ts';
import { backupPassphrase, type MadeBackup, writeBackup } from './backup.ts';
import { askOffice } from './control.ts';
import { withStore } from './open-store.ts';

/** `frontdesk backup <file>`: sealed and consistent, also while the office works. */
export async function backup(words: string[]): Promise<number> {
  const [file] = words;
  if (!file) throw new Error('Say where to: frontdesk backup <file>.');
  const config = readConfig();
  const passphrase = backupPassphrase();
  const text = await askOffice(config.dataFolder, { do: 'backup', file: path.resolve(file), passphrase });
  process.stdout.write(`${text ?? describe(await makeBackup(config, file, passphrase))}\n`);
  return 0;
}

export function describe(made: MadeBackup): string {
  return `Backed up to ${made.file}: ${made.bytes} bytes, sealed. Keep the passphrase apart from it.`;
}

/** Back up the office's storage; a server needs its owner, whom row-level security does not bind. */
export async function makeBackup(
  config: Config,
  file: string,
  passphrase: string,
  running?: LinkSource,
): Promise<MadeBackup> {
  if (config.databaseUrl) {
    if (!config.ownerUrl)
      throw new Error(
        'Set DATABASE_OWNER_URL: a backup holds every practice, which only the owner may read.',
      );
    const owner = openServer(config.ownerUrl, 2);
    return writeBackup(owner, config, file, passphrase).finally(() => owner.close());
  }
  if (running) return writeBackup(running, config, file, passphrase);
  return withStore(({ database }) => writeBackup(database.source, config, file, passphrase));
}
