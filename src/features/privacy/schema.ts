import { z } from 'zod';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';

/** Why someone opens a record of a person who is not near today; the first five have a key each. */
export const reasonKinds = ['calling', 'at-window', 'records', 'billing', 'correction', 'other'] as const;
export const reasonLabels: Record<(typeof reasonKinds)[number] | 'none' | 'program', string> = {
  calling: 'Patient is calling',
  'at-window': 'At the window',
  records: 'Records request',
  billing: 'Billing question',
  correction: 'Chart correction',
  other: 'Other',
  none: 'No reason given',
  program: 'A program',
};
export const LookUpKind = z.enum([...reasonKinds, 'none', 'program']);
export type LookUpKind = z.infer<typeof LookUpKind>;

export const NewLookUp = z
  .object({
    patientId: Id,
    kind: z.enum([...reasonKinds, 'none']),
    text: z.string().trim().max(300, 'At most 300 letters.').default(''),
  })
  .refine(({ kind, text }) => kind !== 'other' || text.length >= 3, {
    path: ['text'],
    message: 'Write a word or two: the manager reads it.',
  });
export type NewLookUp = z.output<typeof NewLookUp>;

/** `asks`: a reason must be given. `notes`: asked, and may go on without; that is listed too. `off`: never asked. */
export const RoleMode = z.enum(['asks', 'notes', 'off']);
export type RoleMode = z.infer<typeof RoleMode>;

export const PrivacySettings = z.object({
  asks: z.boolean(),
  daysBefore: z.number().int().min(0).max(90, 'At most 90 days.'),
  daysAfter: z.number().int().min(0).max(365, 'At most a year.'),
  roleModes: z.record(z.string(), RoleMode),
  glassMinutes: z.number().int().min(5, 'At least 5 minutes.').max(480, 'At most 8 hours.'),
  emergencyMinutes: z.number().int().min(5, 'At least 5 minutes.').max(480, 'At most 8 hours.'),
  lookerWords: z.enum(['name', 'role']).describe('what the list for the patient says of who looked'),
  version: z.number().int(),
});
export type PrivacySettings = z.infer<typeof PrivacySettings>;

/** What is asked before a record is shown: the refusal `needs-reason` carries it as `asks`. */
export const Asks = z.object({
  patientId: Id,
  /** `restricted`: only breaking the glass opens it */
  what: z.enum(['reason', 'restricted']),
  mayGoOn: z.boolean().describe('asked, and never blocked'),
  minutes: z.number().describe('how long a broken glass stays broken'),
});
export type Asks = z.infer<typeof Asks>;

export const Reason = z.string().trim().min(10, 'Write a sentence: the manager reads it at once.').max(500);

export const restrictionKinds = ['colleague', 'vip', 'order', 'sensitive'] as const;
export const restrictionLabels: Record<(typeof restrictionKinds)[number], string> = {
  colleague: 'A colleague, or of their family',
  vip: 'In the public eye',
  order: 'Protected by an order',
  sensitive: 'Sensitive',
};

export const Restriction = z.object({
  kind: z.enum(restrictionKinds),
  note: z.string().trim().max(300, 'At most 300 letters.').default(''),
  roles: z.array(z.enum(roleKeys)).max(10).default([]),
  accountIds: z.array(Id).max(200).default([]),
  careTeam: z.boolean().default(true).describe('physicians whom the person saw or will see, within a year'),
});
export type Restriction = z.output<typeof Restriction>;
