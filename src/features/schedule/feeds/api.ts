import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { FeedNames, FeedRow, FeedSettings, NewFeed } from './schema.ts';

export const listFeeds = endpoint({
  method: 'GET',
  path: '/api/feeds',
  summary: 'The calendar feeds of the physicians, and what they say of patients',
  answer: z.object({ feeds: z.array(FeedRow), settings: FeedSettings }),
});
export const changeFeedSettings = endpoint({
  method: 'PATCH',
  path: '/api/feeds/settings',
  summary: 'Decide what calendar feeds say of patients: nothing, initials or names',
  body: z.object({ names: FeedNames, version: z.number().int().min(1) }),
  answer: z.object({ version: z.number() }),
});
export const makeFeed = endpoint({
  method: 'POST',
  path: '/api/feeds',
  summary: 'Make the secret address of a physician’s visits; the one before stops. It is shown once',
  secret: true,
  body: NewFeed,
  answer: z.object({ feedId: Id, path: z.string().describe('behind the address of this office') }),
});
export const revokeFeed = endpoint({
  method: 'POST',
  path: '/api/feeds/:feedId/revoke',
  summary: 'Stop a feed at once: its address leads nowhere',
  params: z.object({ feedId: Id }),
});

export const findOwnFeed = endpoint({
  method: 'GET',
  path: '/api/own-feed',
  summary: 'The calendar feed of your own visits',
  answer: z.object({ feed: FeedRow.nullable().describe('null: you are not on the schedule') }),
});
export const makeOwnFeed = endpoint({
  method: 'POST',
  path: '/api/own-feed',
  summary: 'Make the secret address of your own visits; the one before stops. It is shown once',
  secret: true,
  answer: z.object({ feedId: Id, path: z.string() }),
});
export const revokeOwnFeed = endpoint({
  method: 'POST',
  path: '/api/own-feed/revoke',
  summary: 'Stop your own feed at once',
});

/** Read by calendar programs, without a session. */
export const readFeed = endpoint({
  method: 'GET',
  path: '/feeds/visits.ics',
  summary:
    'A physician’s visits as iCalendar (text/calendar), for who has the secret address; knows If-None-Match',
  query: z.object({ key: z.string().max(100) }),
  answer: z.string(),
});
