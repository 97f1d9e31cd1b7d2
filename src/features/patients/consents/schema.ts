import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const channels = ['call', 'voicemail', 'text', 'email', 'mail'] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

export const purposes = ['appointments', 'results', 'billing', 'marketing'] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

export const consentStates = ['given', 'refused', 'unknown'] as const;
export const ConsentState = z.enum(consentStates);
export type ConsentState = z.infer<typeof ConsentState>;

/** How the person said it. */
export const ways = ['in-person', 'phone', 'form', 'portal', 'message'] as const;
export const Way = z.enum(ways);
export type Way = z.infer<typeof Way>;

export const Answer = z.object({ channel: Channel, purpose: Purpose, state: ConsentState });
export type Answer = z.infer<typeof Answer>;

export const Consent = Answer.extend({
  consentId: Id,
  how: Way,
  at: z.string(),
  byName: z.string(),
});
export type Consent = z.infer<typeof Consent>;
