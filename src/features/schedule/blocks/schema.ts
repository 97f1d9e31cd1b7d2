import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { CalendarDate } from '../openings/schema.ts';

const Local = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time like 09:30.');

/** Time of one resource on one day that is not booked: lunch, rounds, a meeting. */
export const BlockTime = z
  .object({
    resourceId: Id,
    onDate: CalendarDate,
    startsLocal: Local.describe('in the wall time of the site'),
    endsLocal: Local,
    reason: z.string().trim().min(1, 'Say what for, in a word.').max(200),
  })
  .refine((block) => block.endsLocal > block.startsLocal, {
    message: 'It ends after it begins.',
    path: ['endsLocal'],
  });
export type BlockTime = z.output<typeof BlockTime>;

/** A block as the grid shows it. */
export const Block = z.object({
  blockId: Id,
  version: z.number(),
  resourceId: Id,
  onDate: z.string(),
  startsLocal: z.string(),
  endsLocal: z.string(),
  reason: z.string(),
});
export type Block = z.infer<typeof Block>;
