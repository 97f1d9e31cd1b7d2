import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const encounters: ExportSection = {
  name: 'outside-encounters',
  label: 'Visits at other places, as other systems told of them',
  table: 'outside_encounters',
  page: (ask) => sql<ExportedRow>`
    select array[e.patient_id::text, e.encounter_id::text] as key, to_jsonb(e) as row from outside_encounters e
    where (e.patient_id, e.encounter_id) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? noId}::uuid)
      ${andOfPeople(ask, sql`e.patient_id`)}
    order by e.patient_id, e.encounter_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<
    Record<'startsAt' | 'kind' | 'practitioner' | 'organization' | 'reason', string>
  >`
    select starts_at, kind, practitioner, organization, reason from outside_encounters
    where patient_id = any (${[...patientIds]}::uuid[]) and status <> 'entered-in-error'
    order by starts_at, encounter_id limit 10000`.execute(db);
  const table = {
    headings: ['Began', 'What', 'With', 'Where', 'Why'],
    rows: rows.map((one) => [one.startsAt, one.kind, one.practitioner, one.organization, one.reason]),
  };
  return [{ title: 'History of other places', table }];
}

export const historyExporter: Exporter = { sections: [encounters], tell };
