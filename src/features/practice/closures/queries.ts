import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { ClosureRow } from './schema.ts';

/** Closures between two dates, both included. */
export async function listClosures(db: Db, from: string, to: string): Promise<ClosureRow[]> {
  const { rows } = await sql<ClosureRow>`
    select closure_id, on_date, name, site_id, version from closures
    where removed_at is null and on_date >= ${from}::date and on_date <= ${to}::date
    order by on_date, site_id nulls first, closure_id limit 1000`.execute(db);
  return rows;
}
