import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { noId } from '../../../platform/db/pages.ts';

const feeds: ExportSection = {
  name: 'calendar-feeds',
  label: 'Which physicians’ visits are read by other calendars, also feeds that stopped',
  table: 'calendar_feeds',
  only: 'practice',
  without: { token_hash: 'secrets leave in no form' },
  page: (ask) => sql<ExportedRow>`
    select array[f.feed_id::text] as key, to_jsonb(f) - 'token_hash' as row from calendar_feeds f
    where f.feed_id > ${ask.after?.[0] ?? noId}::uuid order by f.feed_id limit ${ask.most}`,
};

const settings: ExportSection = {
  name: 'feed-settings',
  label: 'What calendar feeds say of patients',
  table: 'feed_settings',
  only: 'practice',
  page: (ask) => sql<ExportedRow>`
    select array[f.practice_id::text] as key, to_jsonb(f) as row from feed_settings f
    where f.practice_id > ${ask.after?.[0] ?? noId}::uuid order by f.practice_id limit ${ask.most}`,
};

export const feedSections: readonly ExportSection[] = [feeds, settings];
