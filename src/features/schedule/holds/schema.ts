import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { BookVisit } from '../visits/schema.ts';

/** What is held: as a booking names it, without a person. */
export const HoldOpening = BookVisit.pick({
  visitTypeId: true,
  siteId: true,
  physicianId: true,
  resourceIds: true,
  startsAt: true,
  minutes: true,
}).extend({
  replaces: Id.optional().describe('a hold of this account that is given up for this one'),
});
export type HoldOpening = z.output<typeof HoldOpening>;

/** Time that a desk holds while someone is on the phone; over at `expiresAt` without anyone's doing. */
export const Hold = z.object({
  holdId: Id,
  accountId: Id.describe('whose desk'),
  byName: z.string(),
  visitTypeId: Id,
  siteId: Id,
  physicianId: Id,
  resourceIds: z.array(Id).describe('physician, rooms and devices'),
  startsAt: z.string(),
  endsAt: z.string(),
  expiresAt: z.string(),
});
export type Hold = z.infer<typeof Hold>;
