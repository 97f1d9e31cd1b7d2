import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { noId } from '../../../platform/db/pages.ts';

export const riskSections: readonly ExportSection[] = [
  {
    name: 'visit-risks',
    label: 'What the history tells of visits that may be missed',
    table: 'visit_risks',
    only: 'practice',
    page: (ask) => sql<ExportedRow>`
      select array[r.practice_id::text] as key, to_jsonb(r) as row from visit_risks r
      where r.practice_id > ${ask.after?.[0] ?? noId}::uuid order by r.practice_id limit ${ask.most}`,
  },
];
