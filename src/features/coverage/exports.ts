import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const payers: ExportSection = {
  name: 'payers',
  label: 'Insurers and programs',
  table: 'payers',
  only: 'practice',
  without: { search_name: 'made from the name for the search' },
  page: (ask) => sql<ExportedRow>`
    select array[p.payer_id::text] as key, to_jsonb(p) - 'search_name' as row from payers p
    where p.payer_id > ${ask.after?.[0] ?? noId}::uuid order by p.payer_id limit ${ask.most}`,
};

const identifiers: ExportSection = {
  name: 'payer-identifiers',
  label: 'Numbers of the payers in other systems',
  table: 'payer_identifiers',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[i.system, i.value] as key, to_jsonb(i) as row from payer_identifiers i
    where (i.system, i.value) > (${ask.after?.[0] ?? ''}, ${ask.after?.[1] ?? ''})
    order by i.system, i.value limit ${ask.most}`,
};

const coverages: ExportSection = {
  name: 'coverages',
  label: 'What people are insured by',
  table: 'coverages',
  columns: ['payer_name'],
  page: (ask) => sql<ExportedRow>`
    select array[c.patient_id::text, c.coverage_id::text] as key, to_jsonb(c) || jsonb_build_object('payer_name', p.name) as row
    from coverages c join payers p on p.practice_id = c.practice_id and p.payer_id = c.payer_id
    where (c.patient_id, c.coverage_id) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? noId}::uuid)
      ${andOfPeople(ask, sql`c.patient_id`)}
    order by c.patient_id, c.coverage_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<Record<'name' | 'memberId' | 'groupNumber' | 'since' | 'until', string | null>>`
    select p.name, c.member_id, c.group_number, c.since, c.until from coverages c
    join payers p on p.practice_id = c.practice_id and p.payer_id = c.payer_id
    where c.patient_id = any (${[...patientIds]}::uuid[]) and c.status <> 'entered_in_error' and not c.doubled
    order by c.rank, c.since, c.coverage_id limit 10000`.execute(db);
  const table = {
    headings: ['Payer', 'Member number', 'Group', 'Since', 'Until'],
    rows: rows.map((one) =>
      [one.name, one.memberId, one.groupNumber, one.since, one.until].map((text) => text ?? ''),
    ),
  };
  return [{ title: 'Coverage', table }];
}

export const coverageExporter: Exporter = { sections: [payers, identifiers, coverages], tell };
