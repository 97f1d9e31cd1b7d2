import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../../platform/contributions.ts';
import { noId } from '../../../../platform/db/pages.ts';

export const wallSections: readonly ExportSection[] = [
  {
    name: 'wall-addresses',
    label: 'Which screens on walls read who waits, also those that stopped',
    table: 'wall_addresses',
    only: 'practice',
    without: { token_hash: 'secrets leave in no form' },
    page: (ask) => sql<ExportedRow>`
      select array[w.wall_id::text] as key, to_jsonb(w) - 'token_hash' as row from wall_addresses w
      where w.wall_id > ${ask.after?.[0] ?? noId}::uuid order by w.wall_id limit ${ask.most}`,
  },
];
