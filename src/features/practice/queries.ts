import { sql } from 'kysely';
import type { z } from 'zod';
import type { Db } from '../../platform/db/database.ts';
import type { SiteRow } from './api.ts';

export async function listSites(db: Db): Promise<z.infer<typeof SiteRow>[]> {
  const { rows } = await sql<z.infer<typeof SiteRow>>`
    select site_id, name, time_zone, active, version from sites order by position, name limit 200`.execute(
    db,
  );
  return rows;
}
