import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const derived = 'made from the names and numbers for the search';

const contacts: ExportSection = {
  name: 'contacts',
  label: 'Doctors and organizations that the practice deals with',
  table: 'contacts',
  only: 'practice',
  without: { search_name: derived, search_text: derived, search_organization: derived },
  page: (ask) => sql<ExportedRow>`
    select array[c.contact_id::text] as key,
      to_jsonb(c) - array['search_name', 'search_text', 'search_organization'] as row
    from contacts c where c.contact_id > ${ask.after?.[0] ?? noId}::uuid
    order by c.contact_id limit ${ask.most}`,
};

const identifiers: ExportSection = {
  name: 'contact-identifiers',
  label: 'Numbers of the contacts in other systems',
  table: 'contact_identifiers',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[i.system, i.value] as key, to_jsonb(i) as row from contact_identifiers i
    where (i.system, i.value) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
    order by i.system, i.value limit ${ask.most}`,
};

const links: ExportSection = {
  name: 'patient-contacts',
  label: 'Who sent a person here and who else treats them',
  table: 'patient_contacts',
  columns: ['contact_name', 'contact_npi'],
  page: (ask) => sql<ExportedRow>`
    select array[l.patient_id::text, l.link_id::text] as key, to_jsonb(l) || jsonb_build_object('contact_name', ${nameOf},
      'contact_npi', c.npi) as row
    from patient_contacts l
    join contacts c on c.practice_id = l.practice_id and c.contact_id = l.contact_id
    where (l.patient_id, l.link_id) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? noId}::uuid)
      ${andOfPeople(ask, sql`l.patient_id`)}
    order by l.patient_id, l.link_id limit ${ask.most}`,
};

const nameOf = sql`case when c.kind = 'organization' then c.organization_name
  else concat_ws(' ', nullif(c.given_name, ''), c.family_name, nullif(c.credentials, '')) end`;

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<{ name: string; role: string; since: string; until: string | null }>`
    select ${nameOf} as name, l.role, l.since, l.until from patient_contacts l
    join contacts c on c.practice_id = l.practice_id and c.contact_id = l.contact_id
    where l.patient_id = any (${[...patientIds]}::uuid[]) and l.entered_in_error_at is null
    order by l.since, l.link_id limit 10000`.execute(db);
  const table = {
    headings: ['Who', 'Role', 'Since', 'Until'],
    rows: rows.map((one) => [one.name, one.role, one.since, one.until ?? '']),
  };
  return [{ title: 'Doctors and organizations', table }];
}

export const contactExporter: Exporter = { sections: [contacts, identifiers, links], tell };
