import path from 'node:path';
import type { Config } from '../platform/config.ts';

/** Where the last backup is noted: beside the data, not in it, since a restored database never had it. */
export function lastBackupFile(config: Pick<Config, 'dataFolder'>): string {
  return path.join(config.dataFolder, 'last-backup.json');
}
