import { sql } from 'kysely';
import type { Db } from '../../../../platform/db/database.ts';
import type { FeedDoor } from '../../../../platform/http/token-feed.ts';
import type { WallRow } from './schema.ts';

/** Those that work, by name. */
export async function listWalls(db: Db): Promise<WallRow[]> {
  const { rows } = await sql<WallRow>`
    select w.wall_id, w.name, w.site_id, coalesce(s.name, '') as site_name, w.created_at, w.read_at
    from wall_addresses w left join sites s on s.practice_id = w.practice_id and s.site_id = w.site_id
    where w.revoked_at is null order by w.name, w.wall_id limit 200`.execute(db);
  return rows;
}

export async function findWall(db: Db, wallId: string): Promise<WallRow | undefined> {
  const { rows } = await sql<WallRow>`
    select w.wall_id, w.name, w.site_id, coalesce(s.name, '') as site_name, w.created_at, w.read_at
    from wall_addresses w left join sites s on s.practice_id = w.practice_id and s.site_id = w.site_id
    where w.wall_id = ${wallId} and w.revoked_at is null`.execute(db);
  return rows[0];
}

/** Whose secret this is the fingerprint of; before a practice is known. */
export async function findWallDoor(db: Db, hash: Buffer): Promise<FeedDoor | undefined> {
  const { rows } = await sql<FeedDoor>`
    select practice_id, feed_id, practice_kind from frontdesk.wall_by_token(${hash})`.execute(db);
  return rows[0];
}
