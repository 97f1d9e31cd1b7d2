import { sql } from 'kysely';
import type { ExportAbout, ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { andOfPeople, idOf, noId } from '../../platform/db/pages.ts';
import { calendarSections } from './calendars/exports.ts';
import { localInstant, toAppointment } from './exchange/fhir.ts';
import { listAppointmentFacts } from './exchange/queries.ts';
import { feedSections } from './feeds/exports.ts';
import { wallSections } from './flow/walls/exports.ts';
import { groupSections } from './groups/exports.ts';
import { riskSections } from './risk/exports.ts';
import { seriesSections } from './series/exports.ts';
import { setupSections } from './setup/exports.ts';
import { listVisitsById } from './visits/queries.ts';

const visits: ExportSection = {
  name: 'visits',
  label: 'Visits, also cancelled ones',
  table: 'visits',
  columns: ['visit_type_name', 'physician_name', 'site_name'],
  page: (ask) => sql<ExportedRow>`
    select array[v.visit_id::text] as key, to_jsonb(v) || jsonb_build_object('visit_type_name', t.name,
      'physician_name', d.name, 'site_name', s.name) as row
    from visits v
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.visit_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`v.patient_id`)}
    order by v.visit_id limit ${ask.most}`,
  resources: listAppointments,
};

async function listAppointments(db: Db, rows: readonly ExportedRow[]) {
  const ids = rows.map(idOf);
  const facts = await listAppointmentFacts(db, ids);
  return (await listVisitsById(db, ids)).flatMap((visit) => {
    const known = facts.get(visit.visitId);
    return known ? [toAppointment(visit, known)] : [];
  });
}

const visitResources: ExportSection = {
  name: 'visit-resources',
  label: 'What each visit occupies',
  table: 'visit_resources',
  columns: ['resource_name'],
  // What group sessions occupy first, then the visits': each by its own index
  page: (ask) => {
    const [kind = 'group', id = noId, resourceId = noId] = ask.after ?? [];
    const [group, visit] = kind === 'group' ? [id, noId] : [noId, id];
    return sql<ExportedRow>`
      select key, row from (
        (select array['group', o.session_id::text, o.resource_id::text] as key,
          to_jsonb(o) || jsonb_build_object('resource_name', d.name) as row
        from visit_resources o
        join resources d on d.practice_id = o.practice_id and d.resource_id = o.resource_id
        where ${kind === 'group' && ask.patientIds === null}::boolean and o.session_id is not null
          and (o.session_id, o.resource_id) > (${group}::uuid, ${resourceId}::uuid)
        order by o.session_id, o.resource_id limit ${ask.most})
        union all
        (select array['visit', o.visit_id::text, o.resource_id::text] as key,
          to_jsonb(o) || jsonb_build_object('resource_name', d.name) as row
        from visit_resources o
        join visits v on v.practice_id = o.practice_id and v.visit_id = o.visit_id
        join resources d on d.practice_id = o.practice_id and d.resource_id = o.resource_id
        where (o.visit_id, o.resource_id) > (${visit}::uuid, ${kind === 'group' ? noId : resourceId}::uuid)
          ${andOfPeople(ask, sql`v.patient_id`)}
        order by o.visit_id, o.resource_id limit ${ask.most})
      ) occupied
      order by key limit ${ask.most}`;
  },
};

const leftOutside: ExportSection = {
  name: 'visits-left-outside',
  label: 'Visits that a change of hours left outside',
  table: 'visits_left_outside',
  page: (ask) => sql<ExportedRow>`
    select array[l.visit_id::text] as key, to_jsonb(l) as row from visits_left_outside l
    join visits v on v.practice_id = l.practice_id and v.visit_id = l.visit_id
    where l.visit_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`v.patient_id`)}
    order by l.visit_id limit ${ask.most}`,
};

const visitSteps: ExportSection = {
  name: 'visit-steps',
  label: 'What was done with each visit after it was booked, by whom and when',
  table: 'visit_steps',
  columns: ['by_name', 'asked_by', 'late'],
  page: (ask) => sql<ExportedRow>`
    select array[x.visit_id::text, x.step_no::text] as key,
      to_jsonb(x) || jsonb_build_object('by_name', w.display_name, 'asked_by', x.detail ->> 'askedBy',
        'late', coalesce(x.detail ->> 'late' = 'true', false)) as row
    from visit_steps x
    join visits v on v.practice_id = x.practice_id and v.visit_id = x.visit_id
    left join staff w on w.practice_id = x.practice_id and w.staff_id = x.by_staff_id
    where (x.visit_id, x.step_no) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
      ${andOfPeople(ask, sql`v.patient_id`)}
    order by x.visit_id, x.step_no limit ${ask.most}`,
};

type Told = {
  startsAt: string;
  timeZone: string;
  type: string;
  physician: string;
  site: string;
  state: string;
  reason: string;
  note: string;
};

async function tell(db: Db, { patientIds }: ExportAbout) {
  const { rows } = await sql<Told>`
    select v.starts_at, s.time_zone, t.name as type, d.name as physician, s.name as site, v.state, v.reason, v.note
    from visits v
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.patient_id = any (${[...patientIds]}::uuid[]) order by v.starts_at, v.visit_id limit 10000`.execute(
    db,
  );
  const table = {
    headings: ['When', 'What for', 'With', 'Where', 'State', 'Reason', 'Note'],
    rows: rows.map((one) => [
      localInstant(one.startsAt, one.timeZone).slice(0, 16).replace('T', ' '),
      ...[one.type, one.physician, one.site, one.state.replaceAll('_', ' '), one.reason, one.note],
    ]),
  };
  return [{ title: 'Visits', table }];
}

export const scheduleExporter: Exporter = {
  sections: [
    ...setupSections,
    ...feedSections,
    ...wallSections,
    ...calendarSections,
    ...seriesSections,
    ...groupSections,
    visits,
    visitResources,
    visitSteps,
    leftOutside,
    ...riskSections,
  ],
  tell,
};
