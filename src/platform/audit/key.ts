import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * The key of the audit chain: 32 bytes kept outside the database, in the environment or in a file of the data
 * folder that only its owner may read. Made at the first start. Whoever has both key and database could forge
 * the chain, so keep a copy of the heads elsewhere (`frontdesk audit verify --head`).
 */
export function auditKey(dataFolder: string, fromEnvironment?: string): Buffer {
  if (fromEnvironment) return Buffer.from(fromEnvironment, 'hex');
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = path.join(dataFolder, 'audit.key');
  if (!fs.existsSync(file))
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32)
    throw new Error(`${file} is damaged: it holds 64 hex digits. Put back the copy from your backup.`);
  return key;
}
