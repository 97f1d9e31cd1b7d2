import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const rescues: ExportSection = {
  name: 'rescues',
  label: 'Days that were rescued when a physician was out or late',
  table: 'rescues',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.rescue_id::text] as key, to_jsonb(r) as row from rescues r
    where r.rescue_id > ${ask.after?.[0] ?? noId}::uuid order by r.rescue_id limit ${ask.most}`,
};

const lines: ExportSection = {
  name: 'rescue-lines',
  label: 'Who was moved, cancelled or called then, and what they answered',
  table: 'rescue_lines',
  page: (ask) => sql<ExportedRow>`
    select array[l.line_id::text] as key, to_jsonb(l) as row from rescue_lines l
    where l.line_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`l.patient_id`)}
    order by l.line_id limit ${ask.most}`,
};

const steps: ExportSection = {
  name: 'rescue-steps',
  label: 'What was said and done about each of them',
  table: 'rescue_steps',
  page: (ask) => sql<ExportedRow>`
    select array[x.step_id::text] as key, to_jsonb(x) as row from rescue_steps x
    join rescue_lines l on l.practice_id = x.practice_id and l.line_id = x.line_id
    where x.step_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`l.patient_id`)}
    order by x.step_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  type Row = { fromStartsAt: string; toStartsAt: string | null; choice: string; answer: string };
  const { rows } = await sql<Row>`
    select from_starts_at, to_starts_at, choice, answer from rescue_lines
    where patient_id = any (${[...patientIds]}::uuid[]) and answer <> 'undone'
    order by from_starts_at, line_id limit 10000`.execute(db);
  const table = {
    headings: ['Visit was', 'Is now', 'What was done', 'Answer'],
    rows: rows.map((one) => [one.fromStartsAt, one.toStartsAt ?? '', one.choice, one.answer]),
  };
  return [{ title: 'Visits changed when a physician was out or late', table }];
}

export const rescueExporter: Exporter = { sections: [rescues, lines, steps], tell };
