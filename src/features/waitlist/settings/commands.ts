import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { stale } from '../../../platform/refusal.ts';
import { readSettings } from './queries.ts';
import type { KeptWaitlistSettings, WaitlistSettings } from './schema.ts';

export async function changeSettings(
  tx: Tx,
  { version, settings }: { version: number; settings: WaitlistSettings },
): Promise<KeptWaitlistSettings> {
  const { version: seen, ...before } = await readSettings(tx.db);
  // One statement decides between two who save at once: the later finds another version.
  const { rows } = await sql<{ version: number }>`
    insert into waitlist_settings as kept (practice_id, is_on, at_once, answer_minutes, quiet_from, quiet_to,
      notice_hours, off_type_ids)
    values (${tx.practiceId}, ${settings.isOn}, ${settings.atOnce}, ${settings.answerMinutes},
      ${settings.quietFrom}, ${settings.quietTo}, ${settings.noticeHours}, ${settings.offTypeIds}::uuid[])
    on conflict (practice_id) do update set is_on = excluded.is_on, at_once = excluded.at_once,
      answer_minutes = excluded.answer_minutes, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
      notice_hours = excluded.notice_hours, off_type_ids = excluded.off_type_ids, version = kept.version + 1
      where kept.version = ${version}
    returning version`.execute(tx.db);
  if (seen !== version || !rows[0]) throw stale('waitlist settings', { ...before, version: seen });
  tx.audit({
    action: 'waitlist-settings.changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before,
    after: settings,
  });
  tx.touch('waitlist');
  return { ...settings, version: rows[0].version };
}
