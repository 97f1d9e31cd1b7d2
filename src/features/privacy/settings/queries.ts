import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { startSettings } from '../rules.ts';
import type { PrivacySettings } from '../schema.ts';

/** What the practice chose, or what it starts with. */
export async function findSettings(db: Db): Promise<PrivacySettings> {
  const { rows } = await sql<PrivacySettings>`
    select asks, days_before, days_after, role_modes, glass_minutes, emergency_minutes, looker_words, version
    from privacy_settings`.execute(db);
  return rows[0] ?? startSettings;
}
