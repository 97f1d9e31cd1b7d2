import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../contributions.ts';
import { noId } from '../db/pages.ts';

/** With its codes, and every instant to the millisecond as it was chained (verify.ts). */
const records: ExportSection = {
  name: 'audit-records',
  label: 'Who did and saw what, each record with its code in the chain',
  table: 'audit_records',
  only: 'practice',
  format: 'ndjson',
  page: (ask) => sql<ExportedRow>`
    select array[r.seq::text] as key,
      to_jsonb(r) || jsonb_build_object('mac', encode(r.mac, 'hex'),
        'at_ms', (extract(epoch from r.at) * 1000)::bigint) as row
    from audit_records r where r.seq > ${ask.after?.[0] ?? 0}::bigint order by r.seq limit ${ask.most}`,
  columns: ['at_ms'],
};

const heads: ExportSection = {
  name: 'audit-heads',
  label: 'Number and code of the last record of the chain',
  table: 'audit_heads',
  only: 'practice',
  format: 'ndjson',
  page: (ask) => sql<ExportedRow>`
    select array[h.practice_id::text] as key, to_jsonb(h) || jsonb_build_object('mac', encode(h.mac, 'hex')) as row
    from audit_heads h where h.practice_id > ${ask.after?.[0] ?? noId}::uuid
    order by h.practice_id limit ${ask.most}`,
};

export const auditExporter: Exporter = { sections: [records, heads] };
