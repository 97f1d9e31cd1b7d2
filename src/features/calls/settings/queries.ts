import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { usualSettings } from './rules.ts';
import type { KeptCallSettings } from './schema.ts';

/** What the practice wrote, or the usual ones. */
export async function readSettings(db: Db): Promise<KeptCallSettings> {
  const { rows } = await sql<KeptCallSettings>`
    select reasons, red_flags, instruction, urgent_role, version from call_settings limit 1`.execute(db);
  return rows[0] ?? { ...usualSettings, version: 0 };
}
