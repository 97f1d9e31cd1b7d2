import { z } from 'zod';
import { roleKeys } from '../../../platform/contributions.ts';

/** Why people call, who usually calls back and within how many minutes. */
export const CallReason = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'Use small letters, digits and -.'),
  name: z.string().trim().min(1, 'Type a name.').max(60, 'Keep this under 60 letters.'),
  role: z.enum(roleKeys).nullable(),
  minutes: z.number().int().min(5, 'At least 5.').max(10_080, 'At most a week.'),
  /** what a message left about it would be about */
  purpose: z.enum(['appointments', 'results', 'billing']),
  /** words of the text that mean it */
  words: z.array(z.string().trim().min(2).max(40)).max(30),
  active: z.boolean(),
});
export type CallReason = z.infer<typeof CallReason>;

export const CallSettings = z.object({
  reasons: z
    .array(CallReason)
    .min(1, 'Keep at least one reason.')
    .max(30, 'At most thirty reasons.')
    .refine((reasons) => new Set(reasons.map((one) => one.key)).size === reasons.length, {
      message: 'Two reasons have the same key.',
    }),
  redFlags: z.array(z.string().trim().min(3, 'At least three letters.').max(60)).max(200),
  /** What the practice tells whoever takes such a call; its own words. */
  instruction: z.string().trim().min(1, 'Type what to do.').max(1000, 'Keep this under 1000 letters.'),
  urgentRole: z.enum(roleKeys),
});
export type CallSettings = z.infer<typeof CallSettings>;

/** As kept: version 0 while the practice has not written its own. */
export const KeptCallSettings = CallSettings.extend({ version: z.number() });
export type KeptCallSettings = z.infer<typeof KeptCallSettings>;
