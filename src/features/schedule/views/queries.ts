import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { SavedView } from './schema.ts';

/** One's own and everyone's; own ones first, by digit, then name. */
export async function listViews(db: Db, accountId: string | null): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select view_id, account_id is null as shared, name, key, look, version from saved_views
    where account_id is null or account_id = ${accountId}::uuid
    order by account_id is null, key nulls last, name, view_id limit 200`.execute(db);
  return rows;
}

export type LockedView = SavedView & { accountId: string | null };

export async function lockView(db: Db, viewId: string): Promise<LockedView | undefined> {
  const { rows } = await sql<LockedView>`
    select view_id, account_id, account_id is null as shared, name, key, look, version from saved_views
    where view_id = ${viewId} for update`.execute(db);
  return rows[0];
}
