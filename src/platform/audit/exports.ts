import { sql } from 'kysely';
import type { ExportedRow, Exporter, ExportSection } from '../contributions.ts';
import { noId } from '../db/pages.ts';
import { shownImages } from './images.ts';

/** With its codes, and every instant to the millisecond as it was chained (verify.ts). */
const records: ExportSection = {
  name: 'audit-records',
  label: 'Who did and saw what, each record with its code in the chain',
  table: 'audit_records',
  only: 'practice',
  format: 'ndjson',
  page: (ask) => sql<ExportedRow>`
    select array[r.seq::text] as key,
      to_jsonb(r) || jsonb_build_object('packed', encode(r.packed, 'hex'), 'mac', encode(r.mac, 'hex'),
        'at_ms', (extract(epoch from r.at) * 1000)::bigint) as row
    from audit_records r where r.seq > ${ask.after?.[0] ?? 0}::bigint order by r.seq limit ${ask.most}`,
  columns: ['at_ms'],
  without: { packed: 'unpacked into what the record was before and became' },
  unpack: ({ packed, before, after, ...row }) => {
    const bytes = typeof packed === 'string' ? Buffer.from(packed, 'hex') : null;
    return {
      ...row,
      ...(bytes ? shownImages({ before: null, after: null, packed: bytes }) : { before, after }),
    };
  },
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

/**
 * Latest first, as frontdesk.audit_about finds them. 45 CFR 164.528: a person may ask who was given their record;
 * 164.312(b): who looked at it is on record.
 */
const lookedAt: ExportSection = {
  name: 'looked-at',
  label: 'Who looked at this record, changed or exported it, and when',
  only: 'person',
  columns: ['at', 'who', 'action', 'reason'],
  page: (ask) => sql<ExportedRow>`
    select array[r.seq::text] as key, jsonb_build_object('at', r.at,
      'who', coalesce(a.display_name, 'The office'), 'action', r.action, 'reason', r.reason) as row
    from audit_records r
    left join accounts a on a.practice_id = r.practice_id and a.account_id = r.account_id
    where r.seq = any (array(
      select frontdesk.audit_about(id, ${ask.after?.[0] ?? Number.MAX_SAFE_INTEGER}::bigint, ${ask.most}, true)
      from unnest(${[...(ask.patientIds ?? [])]}::uuid[]) as id))
    order by r.seq desc limit ${ask.most}`,
};

export const auditExporter: Exporter = { sections: [records, heads, lookedAt] };
