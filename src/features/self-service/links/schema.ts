import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

/** What a link is for, and nothing else; its subject beside it. */
export const linkPurposes = [
  // a visit: look at it, confirm, cancel, move it, take it into a calendar
  'visit',
  // an offer of the waitlist: yes or no
  'offer',
  // a visit type, or the later visit that would be moved forward: wait for an opening
  'waitlist',
  // a visit type: choose a time
  'book',
] as const;
export const LinkPurpose = z.enum(linkPurposes);
export type LinkPurpose = z.infer<typeof LinkPurpose>;

export const MakeLink = z.object({
  purpose: LinkPurpose,
  subjectId: Id.describe('of a visit, an offer, or a visit type'),
  patientId: Id,
  expiresAt: z.date(),
});
export type MakeLink = z.infer<typeof MakeLink>;
