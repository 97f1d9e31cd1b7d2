import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { noId } from '../../../platform/db/pages.ts';

const calendars: ExportSection = {
  name: 'external-calendars',
  label: 'Calendars outside the office in which physicians are busy',
  table: 'external_calendars',
  only: 'practice',
  without: {
    address: 'who has it may read the calendar',
    content: 'what stands there is not the practice’s',
    previous: 'holds the address before',
  },
  page: (ask) => sql<ExportedRow>`
    select array[c.calendar_id::text] as key, to_jsonb(c) - 'address' - 'content' - 'previous' as row from external_calendars c
    where c.calendar_id > ${ask.after?.[0] ?? noId}::uuid order by c.calendar_id limit ${ask.most}`,
};

const busy: ExportSection = {
  name: 'external-busy',
  label: 'When physicians are busy by those calendars',
  table: 'external_busy',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[b.calendar_id::text, b.starts_at::text] as key, to_jsonb(b) as row from external_busy b
    where (b.calendar_id, b.starts_at) > (${ask.after?.[0] ?? noId}::uuid, ${ask.after?.[1] ?? '-infinity'}::timestamptz)
    order by b.calendar_id, b.starts_at limit ${ask.most}`,
};

export const calendarSections: readonly ExportSection[] = [calendars, busy];
