import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';

export const reviewSection: ExportSection = {
  name: 'adult-reviews',
  label: 'When people who came of age were asked who pays and who may hear what',
  table: 'adult_reviews',
  page: (ask) => sql<ExportedRow>`
    select array[a.review_id::text] as key, to_jsonb(a) as row from adult_reviews a
    where a.review_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`a.patient_id`)}
    order by a.review_id limit ${ask.most}`,
};
