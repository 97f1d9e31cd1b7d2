import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal, stale } from '../../../platform/refusal.ts';
import { checkWords } from './checks/rules.ts';
import { findTemplate } from './queries.ts';
import type { Template } from './schema.ts';
import { usualTemplates } from './usual/rules.ts';

/** The practice's own words. What must never be said in one (a field that is none, reply CANCEL) is refused. */
export async function changeTemplate(tx: Tx, change: Template): Promise<Template> {
  const { template, language, subject, body, version } = change;
  const before = await findTemplate(tx.db, template, language);
  const { isAutomatic } = usualTemplates[template];
  const wrong = checkWords(body, { isText: true, isAutomatic }).find((one) => one.tone === 'wrong');
  if (wrong) throw new Refusal('bad-input', wrong.words, { fields: { body: wrong.words } });
  const { rows } = await sql<{ version: number }>`
    insert into message_templates as kept (practice_id, template, language, subject, body)
    values (${tx.practiceId}, ${template}, ${language}, ${subject}, ${body})
    on conflict (practice_id, template, language) do update set subject = excluded.subject, body = excluded.body,
      version = kept.version + 1 where kept.version = ${version}
    returning version`.execute(tx.db);
  if (before.version !== version || !rows[0]) throw stale('template', before);
  tx.audit({
    action: 'message-template.changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: { template, language, subject: before.subject, body: before.body },
    after: { template, language, subject, body },
  });
  tx.touch('messages');
  return findTemplate(tx.db, template, language);
}
