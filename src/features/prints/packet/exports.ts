import { sql } from 'kysely';
import type { ExportedRow, Exporter } from '../../../platform/contributions.ts';
import { noId } from '../../../platform/db/pages.ts';

export const printExporter: Exporter = {
  sections: [
    {
      name: 'packet-settings',
      label: 'When and where the nightly downtime packet is written',
      table: 'packet_settings',
      only: 'practice',
      without: { password_sealed: 'passwords leave in no form' },
      page: (ask) => sql<ExportedRow>`
        select array[p.practice_id::text] as key, to_jsonb(p) - 'password_sealed' as row from packet_settings p
        where p.practice_id > ${ask.after?.[0] ?? noId}::uuid order by p.practice_id limit ${ask.most}`,
    },
  ],
};
