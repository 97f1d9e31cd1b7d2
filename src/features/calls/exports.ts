import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const calls: ExportSection = {
  name: 'calls',
  label: 'Calls taken, also those that are done',
  table: 'calls',
  page: (ask) => sql<ExportedRow>`
    select array[c.call_id::text] as key, to_jsonb(c) as row from calls c
    where c.call_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`c.patient_id`)}
    order by c.call_id limit ${ask.most}`,
};

const steps: ExportSection = {
  name: 'call-steps',
  label: 'What was done about calls',
  table: 'call_steps',
  page: (ask) => sql<ExportedRow>`
    select array[s.step_id::text] as key, to_jsonb(s) as row from call_steps s
    join calls c on c.practice_id = s.practice_id and c.call_id = s.call_id
    where s.step_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`c.patient_id`)}
    order by s.step_id limit ${ask.most}`,
};

const settings: ExportSection = {
  name: 'call-settings',
  label: 'Reasons of calls, words of danger and the instruction, where the practice wrote its own',
  table: 'call_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) as row from call_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<{ at: string; text: string; promisedAt: string | null; doneAt: string | null }>`
    select at, text, promised_at, done_at from calls
    where patient_id = any (${[...patientIds]}::uuid[]) and entered_in_error_at is null
    order by at, call_id limit 10000`.execute(db);
  const table = {
    headings: ['Call', 'Taken', 'Promised by', 'Done'],
    rows: rows.map((one) => [one.text, one.at, one.promisedAt ?? '', one.doneAt ?? '']),
  };
  return [{ title: 'Calls', table }];
}

export const callExporter: Exporter = { sections: [calls, steps, settings], tell };
