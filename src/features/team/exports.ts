import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import { noId } from '../../platform/db/pages.ts';

const absences: ExportSection = {
  name: 'absences',
  label: 'When someone of the staff is or was away',
  table: 'absences',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[a.absence_id::text] as key, to_jsonb(a) as row from absences a
    where a.absence_id > ${ask.after?.[0] ?? noId}::uuid order by a.absence_id limit ${ask.most}`,
};

const covers: ExportSection = {
  name: 'absence-covers',
  label: 'Who covered for whom, and what they said',
  table: 'absence_covers',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[c.cover_id::text] as key, to_jsonb(c) as row from absence_covers c
    where c.cover_id > ${ask.after?.[0] ?? noId}::uuid order by c.cover_id limit ${ask.most}`,
};

export const teamExporter: Exporter = { sections: [absences, covers] };
