import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import { noId } from '../../platform/db/pages.ts';

const settings: ExportSection = {
  name: 'privacy-settings',
  label: 'When the office asks why a record is opened',
  table: 'privacy_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.practice_id::text] as key, to_jsonb(s) as row from privacy_settings s
    where s.practice_id > ${ask.after?.[0] ?? noId}::uuid order by s.practice_id limit ${ask.most}`,
};

const lookUps: ExportSection = {
  name: 'look-ups',
  label: 'Why people were looked up who were not near that day',
  table: 'look_ups',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[l.look_up_id::text] as key, to_jsonb(l) as row from look_ups l
    where l.look_up_id > ${ask.after?.[0] ?? noId}::uuid order by l.look_up_id limit ${ask.most}`,
};

const restricted: ExportSection = {
  name: 'restricted-records',
  label: 'Records that only some may open',
  table: 'restricted_records',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.patient_id::text] as key, to_jsonb(r) as row from restricted_records r
    where r.patient_id > ${ask.after?.[0] ?? noId}::uuid order by r.patient_id limit ${ask.most}`,
};

const staffPatients: ExportSection = {
  name: 'staff-patients',
  label: 'Who of the staff is a patient as well',
  table: 'staff_patients',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[s.staff_id::text] as key, to_jsonb(s) as row from staff_patients s
    where s.staff_id > ${ask.after?.[0] ?? noId}::uuid order by s.staff_id limit ${ask.most}`,
};

const glass: ExportSection = {
  name: 'broken-glass',
  label: 'Restricted records that were opened all the same, and emergency access',
  table: 'broken_glass',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[g.glass_id::text] as key, to_jsonb(g) as row from broken_glass g
    where g.glass_id > ${ask.after?.[0] ?? noId}::uuid order by g.glass_id limit ${ask.most}`,
};

const lookDays: ExportSection = {
  name: 'look-days',
  label: 'How many people each account looked at on a day',
  table: 'look_days',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[d.account_id::text, d.on_date::text] as key, to_jsonb(d) as row from look_days d
    where (d.account_id, d.on_date) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? '0001-01-01'}::date)
    order by d.account_id, d.on_date limit ${ask.most}`,
};

const unexplained: ExportSection = {
  name: 'unexplained-looks',
  label: 'Looks at records that no work explains',
  table: 'unexplained_looks',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[u.account_id::text, u.on_date::text, u.patient_id::text] as key, to_jsonb(u) as row
    from unexplained_looks u
    where (u.account_id, u.on_date, u.patient_id) > (${ask.after?.[0] ?? noId}::uuid,
      ${ask.after?.[1] ?? '0001-01-01'}::date, ${ask.after?.[2] ?? noId}::uuid)
    order by u.account_id, u.on_date, u.patient_id limit ${ask.most}`,
};

const findings: ExportSection = {
  name: 'snoop-findings',
  label: 'What the snooping report found',
  table: 'snoop_findings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[f.finding_id::text] as key, to_jsonb(f) as row from snoop_findings f
    where f.finding_id > ${ask.after?.[0] ?? noId}::uuid order by f.finding_id limit ${ask.most}`,
};

export const privacyExporter: Exporter = {
  sections: [settings, lookUps, restricted, staffPatients, glass, lookDays, unexplained, findings],
};
