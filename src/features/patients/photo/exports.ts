import { sql } from 'kysely';
import type { ExportedRow, ExportSection } from '../../../platform/contributions.ts';
import { andOfPeople, noId } from '../../../platform/db/pages.ts';

export const photoSection: ExportSection = {
  name: 'photos',
  label: 'Pictures of people (the bytes in hexadecimal digits), and that there were others',
  table: 'patient_photos',
  page: (ask) => sql<ExportedRow>`
    select array[p.photo_id::text] as key, to_jsonb(p) as row from patient_photos p
    where p.photo_id > ${ask.after?.[0] ?? noId}::uuid ${andOfPeople(ask, sql`p.patient_id`)}
    order by p.photo_id limit ${ask.most}`,
};
