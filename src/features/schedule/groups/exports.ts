import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { noId } from '../../../platform/db/pages.ts';

const sessions: ExportSection = {
  name: 'group-sessions',
  label: 'Group sessions, also cancelled ones',
  table: 'group_sessions',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[g.session_id::text] as key, to_jsonb(g) as row from group_sessions g
    where g.session_id > ${ask.after?.[0] ?? noId}::uuid order by g.session_id limit ${ask.most}`,
};

const seats: ExportSection = {
  name: 'group-seats',
  label: 'The places of each group session',
  table: 'group_seats',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[e.session_id::text, e.seat_no::text] as key, to_jsonb(e) as row from group_seats e
    where (e.session_id, e.seat_no) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? -1}::int)
    order by e.session_id, e.seat_no limit ${ask.most}`,
};

export const groupSections: readonly ExportSection[] = [sessions, seats];
