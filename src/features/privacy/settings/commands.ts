import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { stale } from '../../../platform/refusal.ts';
import type { PrivacySettings } from '../schema.ts';
import { findSettings } from './queries.ts';

/** A practice that never chose has version 0. @returns the new version */
export async function changePrivacySettings(tx: Tx, wanted: PrivacySettings): Promise<number> {
  const before = await findSettings(tx.db);
  const { rows } = await sql<{ version: number }>`
    insert into privacy_settings (practice_id, asks, days_before, days_after, role_modes, glass_minutes,
      emergency_minutes, looker_words)
    values (${tx.practiceId}, ${wanted.asks}, ${wanted.daysBefore}, ${wanted.daysAfter},
      ${JSON.stringify(wanted.roleModes)}::jsonb, ${wanted.glassMinutes}, ${wanted.emergencyMinutes},
      ${wanted.lookerWords})
    on conflict (practice_id) do update set asks = excluded.asks, days_before = excluded.days_before,
      days_after = excluded.days_after, role_modes = excluded.role_modes, glass_minutes = excluded.glass_minutes,
      emergency_minutes = excluded.emergency_minutes, looker_words = excluded.looker_words,
      version = privacy_settings.version + 1
    where privacy_settings.version = ${wanted.version}
    returning version`.execute(tx.db);
  const [made] = rows;
  if (!made) throw stale('set of choices', before);
  tx.audit({
    action: 'privacy.settings-changed',
    subjectKind: 'privacy',
    subjectIds: [tx.practiceId],
    before,
    after: { ...wanted, version: made.version },
  });
  tx.touch('privacy');
  return made.version;
}
