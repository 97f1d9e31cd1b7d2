import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { idOf, noId } from '../../../platform/db/pages.ts';
import { toRoomLocation, toSchedule } from '../exchange/fhir.ts';
import { listResources } from './queries.ts';

const resources: ExportSection = {
  name: 'resources',
  label: 'Physicians, rooms and devices that visits occupy',
  table: 'resources',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.resource_id::text] as key, to_jsonb(r) as row from resources r
    where r.resource_id > ${ask.after?.[0] ?? noId}::uuid order by r.resource_id limit ${ask.most}`,
  resources: async (db, rows, { now, timeZone }) => {
    const wanted = new Set(rows.map(idOf));
    const found = (await listResources(db)).filter((one) => wanted.has(one.resourceId));
    return [
      ...found.filter((one) => one.kind === 'room').map(toRoomLocation),
      ...found.filter((one) => one.kind === 'physician').map((one) => toSchedule(one, now, timeZone)),
    ];
  },
};

const visitTypes: ExportSection = {
  name: 'visit-types',
  label: 'Visit types',
  table: 'visit_types',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[t.visit_type_id::text] as key, to_jsonb(t) as row from visit_types t
    where t.visit_type_id > ${ask.after?.[0] ?? noId}::uuid order by t.visit_type_id limit ${ask.most}`,
};

const weeklyHours: ExportSection = {
  name: 'weekly-hours',
  label: 'Weekly hours, also past ones',
  table: 'weekly_hours',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[h.hours_id::text] as key, to_jsonb(h) as row from weekly_hours h
    where h.hours_id > ${ask.after?.[0] ?? noId}::uuid order by h.hours_id limit ${ask.most}`,
};

const exceptions: ExportSection = {
  name: 'hours-exceptions',
  label: 'One-off openings and closings',
  table: 'hours_exceptions',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[e.exception_id::text] as key, to_jsonb(e) as row from hours_exceptions e
    where e.exception_id > ${ask.after?.[0] ?? noId}::uuid order by e.exception_id limit ${ask.most}`,
};

const slotCodes: ExportSection = {
  name: 'slot-codes',
  label: 'Slot codes: what spans of hours are kept for',
  table: 'slot_codes',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[c.slot_code_id::text] as key, to_jsonb(c) as row from slot_codes c
    where c.slot_code_id > ${ask.after?.[0] ?? noId}::uuid order by c.slot_code_id limit ${ask.most}`,
};

const bookingRules: ExportSection = {
  name: 'booking-rules',
  label: 'Rules of booking',
  table: 'booking_rules',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[b.rule_id::text] as key, to_jsonb(b) as row from booking_rules b
    where b.rule_id > ${ask.after?.[0] ?? noId}::uuid order by b.rule_id limit ${ask.most}`,
};

const templates: ExportSection = {
  name: 'week-templates',
  label: 'Week templates',
  table: 'week_templates',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[w.template_id::text] as key, to_jsonb(w) as row from week_templates w
    where w.template_id > ${ask.after?.[0] ?? noId}::uuid order by w.template_id limit ${ask.most}`,
};

const applications: ExportSection = {
  name: 'template-applications',
  label: 'Week templates as they were applied, and taken back',
  table: 'template_applications',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[a.application_id::text] as key, to_jsonb(a) as row from template_applications a
    where a.application_id > ${ask.after?.[0] ?? noId}::uuid order by a.application_id limit ${ask.most}`,
};

const flowSettings: ExportSection = {
  name: 'flow-settings',
  label: 'From when on a wait is too long',
  table: 'flow_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[f.practice_id::text] as key, to_jsonb(f) as row from flow_settings f
    where f.practice_id > ${ask.after?.[0] ?? noId}::uuid order by f.practice_id limit ${ask.most}`,
};

const savedViews: ExportSection = {
  name: 'saved-views',
  label: 'Saved views of the schedule',
  table: 'saved_views',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[w.view_id::text] as key, to_jsonb(w) as row from saved_views w
    where w.view_id > ${ask.after?.[0] ?? noId}::uuid order by w.view_id limit ${ask.most}`,
};

export const setupSections: readonly ExportSection[] = [
  resources,
  visitTypes,
  weeklyHours,
  exceptions,
  slotCodes,
  bookingRules,
  templates,
  applications,
  flowSettings,
  savedViews,
];
