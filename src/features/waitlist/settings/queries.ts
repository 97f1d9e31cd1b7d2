import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { usualSettings } from './rules.ts';
import type { KeptWaitlistSettings } from './schema.ts';

/** What the practice wrote, or the usual ones. */
export async function readSettings(db: Db): Promise<KeptWaitlistSettings> {
  const { rows } = await sql<KeptWaitlistSettings>`
    select is_on, at_once, answer_minutes, quiet_from, quiet_to, notice_hours, off_type_ids, version
    from waitlist_settings limit 1`.execute(db);
  return rows[0] ?? { ...usualSettings, version: 0 };
}
