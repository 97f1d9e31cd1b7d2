import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { stale } from '../../../platform/refusal.ts';
import { readSettings } from './queries.ts';
import type { CallSettings, KeptCallSettings } from './schema.ts';

export async function changeSettings(
  tx: Tx,
  { version, settings }: { version: number; settings: CallSettings },
): Promise<KeptCallSettings> {
  const before = await readSettings(tx.db);
  const { reasons, redFlags, instruction, urgentRole } = settings;
  // One statement decides between two who save at once: the later finds another version.
  const { rows } = await sql<{ version: number }>`
    insert into call_settings as kept (practice_id, reasons, red_flags, instruction, urgent_role)
    values (${tx.practiceId}, ${JSON.stringify(reasons)}::jsonb, ${redFlags}::text[], ${instruction}, ${urgentRole})
    on conflict (practice_id) do update set reasons = excluded.reasons, red_flags = excluded.red_flags,
      instruction = excluded.instruction, urgent_role = excluded.urgent_role, version = kept.version + 1
      where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || !rows[0]) throw stale('call settings', before);
  const { version: _, ...was } = before;
  tx.audit({
    action: 'call-settings.changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: was,
    after: settings,
  });
  tx.touch('calls');
  return readSettings(tx.db);
}
