import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';

const series: ExportSection = {
  name: 'series',
  label: 'Series of visits: the pattern, and with whom',
  table: 'series',
  columns: ['visit_type_name', 'physician_name'],
  page: (ask) => sql<ExportedRow>`
    select array[e.series_id::text] as key, to_jsonb(e) || jsonb_build_object('visit_type_name', t.name,
      'physician_name', d.name) as row
    from series e
    join visit_types t on t.practice_id = e.practice_id and t.visit_type_id = e.visit_type_id
    join resources d on d.practice_id = e.practice_id and d.resource_id = e.physician_id
    where e.series_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`e.patient_id`)}
    order by e.series_id limit ${ask.most}`,
};

const places: ExportSection = {
  name: 'series-places',
  label: 'The visits that each series plans: booked, still owed, or given up',
  table: 'series_places',
  page: (ask) => sql<ExportedRow>`
    select array[o.series_id::text, o.place_no::text] as key, to_jsonb(o) as row
    from series_places o
    join series e on e.practice_id = o.practice_id and e.series_id = o.series_id
    where (o.series_id, o.place_no) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
      ${andOfPeople(ask, sql`e.patient_id`)}
    order by o.series_id, o.place_no limit ${ask.most}`,
};

const edits: ExportSection = {
  name: 'series-edits',
  label: 'What was done to several visits of a series at once, by whom and when',
  table: 'series_edits',
  columns: ['by_name'],
  page: (ask) => sql<ExportedRow>`
    select array[x.series_id::text, x.edit_no::text] as key,
      to_jsonb(x) || jsonb_build_object('by_name', w.display_name) as row
    from series_edits x
    join series e on e.practice_id = x.practice_id and e.series_id = x.series_id
    left join staff w on w.practice_id = x.practice_id and w.staff_id = x.by_staff_id
    where (x.series_id, x.edit_no) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
      ${andOfPeople(ask, sql`e.patient_id`)}
    order by x.series_id, x.edit_no limit ${ask.most}`,
};

export const seriesSections: readonly ExportSection[] = [series, places, edits];
