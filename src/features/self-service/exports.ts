import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const links: ExportSection = {
  name: 'patient-links',
  label: 'Links by which patients acted, also those that are used or have run out',
  table: 'patient_links',
  without: { token_hash: 'secrets leave in no form' },
  page: (ask) => sql<ExportedRow>`
    select array[l.link_id::text] as key, to_jsonb(l) - 'token_hash' as row from patient_links l
    where l.link_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`l.patient_id`)}
    order by l.link_id limit ${ask.most}`,
};

const acts: ExportSection = {
  name: 'online-acts',
  label: 'What patients did or wrote by a link and a human looked at',
  table: 'online_acts',
  page: (ask) => sql<ExportedRow>`
    select array[a.act_id::text] as key, to_jsonb(a) as row from online_acts a
    where a.act_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`a.patient_id`)}
    order by a.act_id limit ${ask.most}`,
};

const requests: ExportSection = {
  name: 'online-requests',
  label: 'Times that people asked for on the booking page',
  table: 'online_requests',
  page: (ask) => sql<ExportedRow>`
    select array[r.request_id::text] as key, to_jsonb(r) as row from online_requests r
    where r.request_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`r.patient_id`)}
    order by r.request_id limit ${ask.most}`,
};

const settings: ExportSection = {
  name: 'online-settings',
  label: 'The booking page, where the practice opened it',
  table: 'online_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) as row from online_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};

const types: ExportSection = {
  name: 'online-types',
  label: 'What patients may do with visits of a type by themselves, and what they read of it',
  table: 'online_types',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[t.visit_type_id::text] as key, to_jsonb(t) as row from online_types t
    where t.visit_type_id > ${ask.after?.[0] ?? noId}::uuid order by t.visit_type_id limit ${ask.most}`,
};

const sites: ExportSection = {
  name: 'online-sites',
  label: 'What patients read about the way to a site',
  table: 'online_sites',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.site_id::text] as key, to_jsonb(s) as row from online_sites s
    where s.site_id > ${ask.after?.[0] ?? noId}::uuid order by s.site_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  type Told = { purpose: string; madeAt: string; openedAt: string | null; closedWhy: string | null };
  const { rows } = await sql<Told>`
    select purpose, made_at, opened_at, closed_why from patient_links
    where patient_id = any (${[...patientIds]}::uuid[]) order by made_at, link_id limit 10000`.execute(db);
  const table = {
    headings: ['Link for', 'Made', 'Opened', 'Ended'],
    rows: rows.map((one) => [one.purpose, one.madeAt, one.openedAt ?? '', one.closedWhy ?? '']),
  };
  return [{ title: 'Links for acting by oneself', table }];
}

export const selfServiceExporter: Exporter = {
  sections: [settings, types, sites, links, acts, requests],
  tell,
};
