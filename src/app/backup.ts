import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { auditKey } from '../platform/audit/key.ts';
import type { Config } from '../platform/config.ts';
import type { LinkSource } from '../platform/db/database.ts';
import { dumpDatabase } from '../platform/db/dump.ts';
import { withLink } from '../platform/db/transaction.ts';
import { sealing, unsealing } from '../platform/files/seal.ts';
import { lastBackupFile } from './last-backup.ts';
import { version } from './office.ts';

export type MadeBackup = { file: string; bytes: number; at: string };

/** The passphrase that seals backups; without one nothing is written, since a backup is the whole practice. */
export function backupPassphrase(env: NodeJS.ProcessEnv = process.env): string {
  const passphrase = env.FRONTDESK_BACKUP_PASSPHRASE ?? '';
  if (passphrase.length < 12) {
    throw new Error(
      'Set FRONTDESK_BACKUP_PASSPHRASE to at least 12 characters, and keep it apart from the backups.',
    );
  }
  return passphrase;
}

/** Write a sealed backup: made beside its place and moved there when whole, so that half a file never counts. */
export async function writeBackup(
  source: LinkSource,
  config: Config,
  file: string,
  passphrase: string,
): Promise<MadeBackup> {
  if (existsSync(file))
    throw new Error(`${file} is there already. Choose another name; backups are never overwritten.`);
  const target = path.resolve(file);
  mkdirSync(path.dirname(target), { recursive: true });
  const making = `${target}.part`;
  const at = new Date().toISOString();
  const sealed = sealing(passphrase);
  try {
    await withLink(source, (link) => {
      const facts = { version, at, auditKey: auditKey(config.dataFolder, config.auditKey).toString('hex') };
      const lines = Readable.from(dumpDatabase(link, facts));
      return pipeline(lines, createGzip({ level: 3 }), sealed, createWriteStream(making, { mode: 0o600 }));
    });
    renameSync(making, target);
  } catch (error) {
    rmSync(making, { force: true });
    throw error;
  }
  const made = { file: path.basename(target), bytes: statSync(target).size, at };
  writeFileSync(lastBackupFile(config), JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** The lines of a sealed backup. @throws SealBroken */
export async function* readBackup(file: string, passphrase: string): AsyncGenerator<string> {
  const opened = createReadStream(file).on('error', (error) => unsealed.destroy(error));
  const unsealed = unsealing(passphrase);
  const plain = createGunzip();
  const piped = pipeline(opened, unsealed, plain);
  // The reader below meets the failure first; it is thrown after the loop.
  piped.catch(() => undefined);
  for await (const line of createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })) yield line;
  await piped;
}

/** Before data is migrated: a backup in the data folder, sealed with the audit key when no passphrase is set. */
export function backupBeforeMigrating(config: Config): (source: LinkSource) => Promise<void> {
  return async (source) => {
    const key = auditKey(config.dataFolder, config.auditKey).toString('hex');
    const passphrase = process.env.FRONTDESK_BACKUP_PASSPHRASE ?? key;
    const stamp = new Date().toISOString().replaceAll(':', '-');
    const file = path.join(config.dataFolder, 'backups', `before-migrating-${stamp}.frontdesk`);
    const made = await writeBackup(source, config, file, passphrase);
    process.stdout.write(`Backed up to backups/${made.file} before migrating.\n`);
  };
}
