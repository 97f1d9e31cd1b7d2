import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, stale } from '../../../platform/refusal.ts';
import { hashToken } from '../../../platform/session/session.ts';
import { findFeed, listFeeds, readFeedSettings } from './queries.ts';
import type { FeedNames } from './schema.ts';

/** Behind the question mark, which no log of a balancer keeps (deploy/nginx.conf). */
const pathOf = (token: string) => `/feeds/visits.ics?key=${token}`;

/** The address of a physician's visits; one that was there before stops with it. @returns it, this once */
export async function makeFeed(tx: Tx, physicianId: string): Promise<{ feedId: string; path: string }> {
  const { rows } = await sql`
    select from resources where resource_id = ${physicianId} and kind = 'physician' and active
    for no key update`.execute(tx.db);
  if (rows.length === 0) throw notFound('physician');
  const [before] = await listFeeds(tx.db, { physicianId });
  if (before?.feed) await endFeed(tx, before.feed.feedId);
  const token = randomBytes(32).toString('base64url');
  const feedId = newId(tx.now.getTime());
  await sql`
    insert into calendar_feeds (practice_id, feed_id, physician_id, token_hash, created_at, created_by)
    values (${tx.practiceId}, ${feedId}, ${physicianId}, ${hashToken(token)}, ${tx.now},
      ${tx.actor.accountId})`.execute(tx.db);
  tx.audit({ action: 'feed.made', subjectKind: 'feed', subjectIds: [feedId], after: { physicianId } });
  tx.touch('feeds');
  return { feedId, path: pathOf(token) };
}

async function endFeed(tx: Tx, feedId: string): Promise<void> {
  await sql`
    update calendar_feeds set revoked_at = ${tx.now}
    where practice_id = ${tx.practiceId} and feed_id = ${feedId}`.execute(tx.db);
  tx.audit({ action: 'feed.revoked', subjectKind: 'feed', subjectIds: [feedId] });
  tx.touch('feeds');
}

/** Stop a feed; one that stopped already is not there. */
export async function revokeFeed(tx: Tx, feedId: string): Promise<void> {
  if (!(await findFeed(tx.db, feedId))) throw notFound('feed');
  await endFeed(tx, feedId);
}

export async function changeFeedSettings(
  tx: Tx,
  { names, version }: { names: FeedNames; version: number },
): Promise<number> {
  await sql`
    insert into feed_settings (practice_id) values (${tx.practiceId})
    on conflict (practice_id) do nothing`.execute(tx.db);
  const before = await readFeedSettings(tx.db, true);
  if (before.version !== version) throw stale('setting', before);
  await sql`
    update feed_settings set feed_names = ${names}, version = version + 1
    where practice_id = ${tx.practiceId}`.execute(tx.db);
  tx.audit({
    action: 'feed.names-changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before: { names: before.names },
    after: { names },
  });
  tx.touch('feeds');
  return version + 1;
}

/** Someone's program asked: whoever has stopped reading shows by it. */
export async function noteFeedRead(tx: Tx, feedId: string): Promise<void> {
  await sql`
    update calendar_feeds set read_at = ${tx.now}
    where practice_id = ${tx.practiceId} and feed_id = ${feedId}`.execute(tx.db);
  tx.touch('feeds');
}
