import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const tasks: ExportSection = {
  name: 'tasks',
  label: 'Tasks, also those that are done',
  table: 'tasks',
  page: (ask) => sql<ExportedRow>`
    select array[t.task_id::text] as key, to_jsonb(t) as row from tasks t
    where t.task_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`t.patient_id`)}
    order by t.task_id limit ${ask.most}`,
};

const marks: ExportSection = {
  name: 'duty-marks',
  label: 'What people said about duties: snoozed, given to someone',
  table: 'duty_marks',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[m.duty_key] as key, to_jsonb(m) as row from duty_marks m
    where m.duty_key > ${ask.after?.[0] ?? ''} order by m.duty_key limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<{ text: string; dueAt: string; doneAt: string | null }>`
    select text, due_at, done_at from tasks
    where patient_id = any (${[...patientIds]}::uuid[]) and entered_in_error_at is null
    order by due_at, task_id limit 10000`.execute(db);
  const table = {
    headings: ['Task', 'Due', 'Done'],
    rows: rows.map((one) => [one.text, one.dueAt, one.doneAt ?? '']),
  };
  return [{ title: 'Tasks', table }];
}

export const taskExporter: Exporter = { sections: [tasks, marks], tell };
