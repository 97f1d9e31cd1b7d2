import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const rules: ExportSection = {
  name: 'reminder-rules',
  label: 'When visits are reminded of, where the practice wrote its own rules',
  table: 'reminder_rules',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.rule_id::text] as key, to_jsonb(r) as row from reminder_rules r
    where r.rule_id > ${ask.after?.[0] ?? noId}::uuid order by r.rule_id limit ${ask.most}`,
};

const steps: ExportSection = {
  name: 'reminder-steps',
  label: 'Reminders of visits: sent, or called instead',
  table: 'reminder_steps',
  page: (ask) => sql<ExportedRow>`
    select array[r.visit_id::text, r.step::text, r.starts_at::text] as key, to_jsonb(r) as row from reminder_steps r
    join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id
    where (r.visit_id, r.step, r.starts_at) > (${ask.after?.[0] ?? noId}::uuid, ${Number(ask.after?.[1] ?? -1)}::int,
        ${ask.after?.[2] ?? '-infinity'}::timestamptz) ${andOfPeople(ask, sql`v.patient_id`)}
    order by r.visit_id, r.step, r.starts_at limit ${ask.most}`,
};

export const reminderExporter: Exporter = { sections: [rules, steps] };
