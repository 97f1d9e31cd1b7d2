import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { FeedDoor } from '../../../platform/http/token-feed.ts';
import type { FeedVisit } from './rules.ts';
import type { FeedRow, FeedSettings } from './schema.ts';

export async function readFeedSettings(db: Db, lock = false): Promise<FeedSettings> {
  const { rows } = await sql<FeedSettings>`
    select feed_names as names, version from feed_settings ${lock ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? { names: 'none', version: 1 };
}

type Row = {
  physicianId: string;
  physicianName: string;
  feedId: string | null;
  createdAt: string | null;
  readAt: string | null;
};

/** The physicians in use, each with the feed that works. @param of one physician, or the one who is this staff member */
export async function listFeeds(
  db: Db,
  of: { physicianId?: string; staffId?: string } = {},
): Promise<FeedRow[]> {
  const { rows } = await sql<Row>`
    select r.resource_id as physician_id, r.name as physician_name, f.feed_id, f.created_at, f.read_at
    from resources r
    left join calendar_feeds f on f.practice_id = r.practice_id and f.physician_id = r.resource_id
      and f.revoked_at is null
    where r.kind = 'physician' and (r.active or f.feed_id is not null)
      and (${of.physicianId ?? null}::uuid is null or r.resource_id = ${of.physicianId ?? null}::uuid)
      and (${of.staffId ?? null}::uuid is null or r.staff_id = ${of.staffId ?? null}::uuid)
    order by r.position, r.name, r.resource_id limit 500`.execute(db);
  return rows.map(({ physicianId, physicianName, feedId, createdAt, readAt }) => ({
    physicianId,
    physicianName,
    feed: feedId && createdAt ? { feedId, createdAt, readAt } : null,
  }));
}

/** Whose secret this is the fingerprint of; before a practice is known. */
export async function findFeedDoor(db: Db, hash: Buffer): Promise<FeedDoor | undefined> {
  const { rows } = await sql<FeedDoor>`
    select practice_id, feed_id, practice_kind from frontdesk.feed_by_token(${hash})`.execute(db);
  return rows[0];
}

export type FoundFeed = {
  feedId: string;
  physicianId: string;
  physicianName: string;
  /** Who left reads nothing any more. */
  active: boolean;
  readAt: string | null;
  timeZone: string;
};

/** A feed that works. */
export async function findFeed(db: Db, feedId: string): Promise<FoundFeed | undefined> {
  const { rows } = await sql<FoundFeed>`
    select f.feed_id, f.physician_id, r.name as physician_name, r.active, f.read_at,
      (select time_zone from practices) as time_zone
    from calendar_feeds f
    join resources r on r.practice_id = f.practice_id and r.resource_id = f.physician_id
    where f.feed_id = ${feedId} and f.revoked_at is null`.execute(db);
  return rows[0];
}

/**
 * The visits of a physician that take or took place. Who subscribes replaces the whole calendar each time, so what
 * was cancelled is simply no longer there.
 */
export async function listFeedVisits(
  db: Db,
  { physicianId, from, to }: { physicianId: string; from: Date; to: Date },
): Promise<FeedVisit[]> {
  const { rows } = await sql<FeedVisit>`
    select v.visit_id, v.patient_id, v.version, v.starts_at, v.ends_at,
      coalesce((select max(x.at) from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id), v.created_at) as changed_at,
      t.name as visit_type_name, s.name as site_name, p.family_name, p.given_name, p.preferred_name,
      coalesce((select json_agg(r.name order by r.position, r.name) from visit_resources o
        join resources r on r.practice_id = o.practice_id and r.resource_id = o.resource_id
        where o.practice_id = v.practice_id and o.visit_id = v.visit_id and r.kind <> 'physician'), '[]') as rooms
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.physician_id = ${physicianId} and v.starts_at >= ${from} and v.starts_at < ${to}
      and v.state not in ('cancelled', 'no_show', 'entered_in_error')
    order by v.starts_at, v.visit_id limit 10000`.execute(db);
  return rows;
}
