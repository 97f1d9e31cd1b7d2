import { z } from 'zod';
import { Id } from '../../platform/id.ts';

const Offered = z.object({ offerId: Id, openingId: Id, entryId: Id, patientId: Id });

/** What the waitlist tells the features to its right: those that can carry an offer to someone. */
export const waitlistEvents = {
  'waitlist.offered.v1': Offered,
  /** Asked by a message and over before they answered: someone else has it, or it is gone. */
  'waitlist.offer-over.v1': Offered.extend({ what: z.enum(['lost', 'gone']) }),
} as const;
