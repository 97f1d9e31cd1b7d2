import { z } from 'zod';
import { Id } from '../../../../platform/id.ts';

/** A screen on a wall that reads by an address of its own. */
export const WallRow = z.object({
  wallId: Id,
  name: z.string(),
  siteId: Id.nullable().describe('null: all sites'),
  siteName: z.string(),
  createdAt: z.string(),
  readAt: z.string().nullable().describe('to the hour'),
});
export type WallRow = z.infer<typeof WallRow>;

export const NewWall = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Say which screen it is, e.g. “Waiting room”.')
    .max(60, 'At most 60 letters.'),
  siteId: Id.nullable().default(null),
});
export type NewWall = z.output<typeof NewWall>;
