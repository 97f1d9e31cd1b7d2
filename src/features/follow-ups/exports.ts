import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, noId } from '../../platform/db/pages.ts';

const followUps: ExportSection = {
  name: 'follow-ups',
  label: 'Follow-ups, also those that were kept, refused or closed',
  table: 'follow_ups',
  page: (ask) => sql<ExportedRow>`
    select array[f.follow_up_id::text] as key, to_jsonb(f) as row from follow_ups f
    where f.follow_up_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`f.patient_id`)}
    order by f.follow_up_id limit ${ask.most}`,
};

const prerequisites: ExportSection = {
  name: 'follow-up-prerequisites',
  label: 'What must happen before the visit of a follow-up',
  table: 'follow_up_prerequisites',
  page: (ask) => sql<ExportedRow>`
    select array[q.prerequisite_id::text] as key, to_jsonb(q) as row from follow_up_prerequisites q
    join follow_ups f on f.practice_id = q.practice_id and f.follow_up_id = q.follow_up_id
    where q.prerequisite_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`f.patient_id`)}
    order by q.prerequisite_id limit ${ask.most}`,
};

const steps: ExportSection = {
  name: 'follow-up-steps',
  label: 'What was done about follow-ups',
  table: 'follow_up_steps',
  page: (ask) => sql<ExportedRow>`
    select array[s.step_id::text] as key, to_jsonb(s) as row from follow_up_steps s
    join follow_ups f on f.practice_id = s.practice_id and f.follow_up_id = s.follow_up_id
    where s.step_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`f.patient_id`)}
    order by s.step_id limit ${ask.most}`,
};

const attempts: ExportSection = {
  name: 'follow-up-attempts',
  label: 'Who tried to reach the patient about a follow-up, how, and what came of it',
  table: 'follow_up_attempts',
  page: (ask) => sql<ExportedRow>`
    select array[a.attempt_id::text] as key, to_jsonb(a) as row from follow_up_attempts a
    join follow_ups f on f.practice_id = a.practice_id and f.follow_up_id = a.follow_up_id
    where a.attempt_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`f.patient_id`)}
    order by a.attempt_id limit ${ask.most}`,
};

const rules: ExportSection = {
  name: 'recall-rules',
  label: 'Rules that call people back after completed visits',
  table: 'recall_rules',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.recall_rule_id::text] as key, to_jsonb(r) as row from recall_rules r
    where r.recall_rule_id > ${ask.after?.[0] ?? noId}::uuid order by r.recall_rule_id limit ${ask.most}`,
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  type Told = { name: string; earliestOn: string; latestOn: string; instructions: string; ended: string };
  const { rows } = await sql<Told>`
    select t.name, f.earliest_on, f.latest_on, f.instructions, coalesce(f.ended_as, '') as ended
    from follow_ups f join visit_types t on t.practice_id = f.practice_id and t.visit_type_id = f.visit_type_id
    where f.patient_id = any (${[...patientIds]}::uuid[]) and f.entered_in_error_at is null
    order by f.ordered_at, f.follow_up_id limit 10000`.execute(db);
  const table = {
    headings: ['Follow-up', 'From', 'Until', 'What was said', 'Ended'],
    rows: rows.map((one) => [one.name, one.earliestOn, one.latestOn, one.instructions, one.ended]),
  };
  return [{ title: 'Follow-ups', table }];
}

export const followUpExporter: Exporter = {
  sections: [rules, followUps, prerequisites, steps, attempts],
  tell,
};
