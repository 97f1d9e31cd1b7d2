import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { listSites } from '../../practice/queries.ts';
import { listSlotCodes } from '../slot-codes/queries.ts';
import { templateFaults } from './faults/rules.ts';
import { findTemplate, listTemplates } from './queries.ts';
import { NewTemplate, type TemplateChange, type TemplateRow } from './schema.ts';

type Template = { name: string; weeks: number; rows: readonly TemplateRow[]; active: boolean };

/** Add a week template. Nobody works by it until it is applied. */
export async function addTemplate(tx: Tx, input: NewTemplate): Promise<string> {
  const template = NewTemplate.parse(input);
  await refuseFaulty(tx, { ...template, active: true }, null);
  const templateId = newId();
  await sql`
    insert into week_templates (practice_id, template_id, name, weeks, rows)
    values (${tx.practiceId}, ${templateId}, ${template.name}, ${template.weeks},
      ${JSON.stringify(template.rows)}::jsonb)`.execute(tx.db);
  const subjectIds = [templateId];
  tx.audit({ action: 'template.added', subjectKind: 'template', subjectIds, after: template });
  tx.touch('setup', templateId);
  return templateId;
}

async function refuseFaulty(tx: Tx, template: Template, ownId: string | null): Promise<void> {
  const faults = Object.entries(templateFaults(template));
  if (faults[0]) {
    const fields = Object.fromEntries(faults.map(([index, text]) => [`rows.${index}`, text]));
    throw new Refusal('bad-input', faults[0][1], { fields });
  }
  const twin = (await listTemplates(tx.db)).find(
    (one) => one.active && one.templateId !== ownId && one.name.toLowerCase() === template.name.toLowerCase(),
  );
  if (twin && template.active) {
    const message = `There is a template called ${twin.name} already. Give this one another name.`;
    throw new Refusal('conflict', message, { fields: { name: message } });
  }
  const sites = new Set((await listSites(tx.db)).map((site) => site.siteId));
  if (!template.rows.every((row) => sites.has(row.siteId))) throw notFound('site');
  const codes = new Set((await listSlotCodes(tx.db)).map((code) => code.slotCodeId));
  if (!template.rows.every((row) => row.slotCodeId === null || codes.has(row.slotCodeId)))
    throw notFound('slot code');
}

/** Change a template. Hours that were made of it stay until it is applied again. */
export async function changeTemplate(
  tx: Tx,
  templateId: string,
  { version, ...change }: TemplateChange,
): Promise<number> {
  const before = await findTemplate(tx.db, templateId, 'lock');
  if (!before) throw notFound('template');
  if (before.version !== version) throw stale('template', before);
  const after = { ...before, ...change };
  await refuseFaulty(tx, after, templateId);
  await sql`
    update week_templates set name = ${after.name}, weeks = ${after.weeks},
      rows = ${JSON.stringify(after.rows)}::jsonb, active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and template_id = ${templateId}`.execute(tx.db);
  const subjectIds = [templateId];
  tx.audit({ action: 'template.changed', subjectKind: 'template', subjectIds, before, after });
  tx.touch('setup', templateId);
  return version + 1;
}
