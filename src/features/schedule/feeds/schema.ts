import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const feedNames = ['none', 'initials', 'names'] as const;
export const FeedNames = z.enum(feedNames);
export type FeedNames = z.infer<typeof FeedNames>;

export const FeedSettings = z.object({
  names: FeedNames.describe('what a feed says of patients'),
  version: z.number(),
});
export type FeedSettings = z.infer<typeof FeedSettings>;

/** A physician and the feed of their visits; null where there is none. */
export const FeedRow = z.object({
  physicianId: Id,
  physicianName: z.string(),
  feed: z.object({ feedId: Id, createdAt: z.string(), readAt: z.string().nullable() }).nullable(),
});
export type FeedRow = z.infer<typeof FeedRow>;

export const NewFeed = z.object({ physicianId: Id });
