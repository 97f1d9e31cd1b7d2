import { sql } from 'kysely';
import type { ExportedRow, ExportSection, ReadablePart } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';
import { channelWords, wayWords } from './rules.ts';
import type { Consent } from './schema.ts';

export const consentSection: ExportSection = {
  name: 'contact-consents',
  label: 'What people said about being contacted, every answer',
  table: 'contact_consents',
  page: (ask) => sql<ExportedRow>`
    select array[c.consent_id::text] as key, to_jsonb(c) as row from contact_consents c
    where c.consent_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`c.patient_id`)}
    order by c.consent_id limit ${ask.most}`,
};

export async function tellConsents(db: Db, patientIds: readonly string[]): Promise<ReadablePart> {
  const { rows } = await sql<Pick<Consent, 'channel' | 'purpose' | 'state' | 'how' | 'at'>>`
    select channel, purpose, state, how, at from contact_consents
    where patient_id = any (${[...patientIds]}::uuid[]) order by at, consent_id limit 10000`.execute(db);
  return {
    title: 'How you may be contacted',
    table: {
      headings: ['Way', 'About', 'Answer', 'Said', 'When'],
      rows: rows.map((one) => [channelWords[one.channel], one.purpose, one.state, wayWords[one.how], one.at]),
    },
  };
}
