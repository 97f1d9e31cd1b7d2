import { writeCalendar } from '../../../ical/write.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { TokenFeed } from '../../../platform/http/token-feed.ts';
import { notFound } from '../../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { type FeedVisit, feedDays, locationOf, summaryOf, uidOf } from './rules.ts';

const dayMs = 86_400_000;

export const feedRoutes: readonly Route[] = [
  route(api.listFeeds, 'schedule.set-up', async (tx) => ({
    feeds: await queries.listFeeds(tx.db),
    settings: await queries.readFeedSettings(tx.db),
  })),
  route(api.changeFeedSettings, 'schedule.set-up', async (tx, { body }) => ({
    version: await commands.changeFeedSettings(tx, body),
  })),
  route(api.makeFeed, 'schedule.set-up', (tx, { body }) => commands.makeFeed(tx, body.physicianId)),
  route(api.revokeFeed, 'schedule.set-up', async (tx, { params }) => {
    await commands.revokeFeed(tx, params.feedId);
    return {};
  }),
  route(api.findOwnFeed, 'feeds.own', async (tx, { session }) => {
    const [feed] = await queries.listFeeds(tx.db, { staffId: session.staffId });
    return { feed: feed ?? null };
  }),
  route(api.makeOwnFeed, 'feeds.own', async (tx, { session }) => {
    const [own] = await queries.listFeeds(tx.db, { staffId: session.staffId });
    if (!own) throw notFound('feed');
    return commands.makeFeed(tx, own.physicianId);
  }),
  route(api.revokeOwnFeed, 'feeds.own', async (tx, { session }) => {
    const [own] = await queries.listFeeds(tx.db, { staffId: session.staffId });
    if (!own?.feed) throw notFound('feed');
    await commands.revokeFeed(tx, own.feed.feedId);
    return {};
  }),
];

/** What a calendar program reads at the secret address. */
export const physicianFeed = (hidden: (tx: Tx) => Promise<ReadonlySet<string>>): TokenFeed => ({
  endpoint: api.readFeed,
  what: 'feed',
  mediaType: 'text/calendar; charset=utf-8',
  fileName: 'visits.ics',
  find: queries.findFeedDoor,
  noteRead: commands.noteFeedRead,
  read: async (tx, feedId) => {
    const feed = await queries.findFeed(tx.db, feedId);
    if (!feed?.active) return undefined;
    const now = tx.now.getTime();
    const visits = await queries.listFeedVisits(tx.db, {
      physicianId: feed.physicianId,
      from: new Date(now - feedDays.back * dayMs),
      to: new Date(now + feedDays.ahead * dayMs),
    });
    const { names } = await queries.readFeedSettings(tx.db);
    // A restricted record is named nowhere outside.
    const unnamed = names === 'none' ? new Set<string>() : await hidden(tx);
    const namesOf = (visit: FeedVisit) => (unnamed.has(visit.patientId) ? 'none' : names);
    const events = visits.map((visit) => ({
      uid: uidOf(visit.visitId),
      sequence: visit.version - 1,
      startsAt: new Date(visit.startsAt),
      endsAt: new Date(visit.endsAt),
      changedAt: new Date(visit.changedAt),
      summary: summaryOf(visit, namesOf(visit)),
      location: locationOf(visit),
    }));
    const text = writeCalendar({
      name: feed.physicianName,
      timeZone: feed.timeZone,
      everyMinutes: 15,
      events,
    });
    const shown = visits.filter((visit) => namesOf(visit) !== 'none').map((visit) => visit.visitId);
    return { text, visitIds: shown, count: visits.length, readAt: feed.readAt };
  },
});
