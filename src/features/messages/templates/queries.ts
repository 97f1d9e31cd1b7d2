import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { languages, type MessageLanguage } from '../schema.ts';
import { type Template, type TemplateKey, templateKeys } from './schema.ts';
import { usualTemplates } from './usual/rules.ts';

/** Every template in both languages: the practice's own words, else the usual ones. */
export async function listTemplates(db: Db): Promise<Template[]> {
  const { rows } = await sql<Template>`
    select template, language, subject, body, version from message_templates
    order by template, language limit 200`.execute(db);
  const own = new Map(rows.map((row) => [`${row.template} ${row.language}`, row]));
  return templateKeys.flatMap((template) =>
    languages.map((language) => {
      const usual = { template, language, ...usualTemplates[template].words[language], version: 0 };
      return own.get(`${template} ${language}`) ?? usual;
    }),
  );
}

export async function findTemplate(
  db: Db,
  template: TemplateKey,
  language: MessageLanguage,
): Promise<Template> {
  const { rows } = await sql<Template>`
    select template, language, subject, body, version from message_templates
    where template = ${template} and language = ${language}`.execute(db);
  return rows[0] ?? { template, language, ...usualTemplates[template].words[language], version: 0 };
}
