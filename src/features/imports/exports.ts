import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../../platform/contributions.ts';
import { noId } from '../../platform/db/pages.ts';

const imports: ExportSection = {
  name: 'imports',
  label: 'Tables of other systems that were brought in',
  table: 'imports',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[i.import_id::text] as key, to_jsonb(i) as row from imports i
    where i.import_id > ${ask.after?.[0] ?? noId}::uuid order by i.import_id limit ${ask.most}`,
};

const importRows: ExportSection = {
  name: 'import-rows',
  label: 'What became of each row of those tables',
  table: 'import_rows',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[r.import_id::text, r.line::text] as key, to_jsonb(r) as row from import_rows r
    where (r.import_id, r.line) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
    order by r.import_id, r.line limit ${ask.most}`,
};

export const importExporter: Exporter = { sections: [imports, importRows] };
