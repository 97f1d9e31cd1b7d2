import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';

export const chartSection: ExportSection = {
  name: 'chart-moves',
  label: 'Where paper charts are and were',
  table: 'chart_moves',
  page: (ask) => sql<ExportedRow>`
    select array[m.move_id::text] as key, to_jsonb(m) as row from chart_moves m
    where m.move_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`m.patient_id`)}
    order by m.move_id limit ${ask.most}`,
};

export const chartSettingsSection: ExportSection = {
  name: 'chart-settings',
  label: 'After how many days a chart that is out is asked for',
  table: 'chart_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) as row from chart_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};
