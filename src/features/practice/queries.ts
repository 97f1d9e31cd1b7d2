import { sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import type { SiteRow } from './schema.ts';

export async function listSites(db: Db): Promise<SiteRow[]> {
  const { rows } = await sql<SiteRow>`
    select site_id, name, time_zone, phone, address, active, position, version from sites order by position, name limit 200`.execute(
    db,
  );
  return rows;
}
