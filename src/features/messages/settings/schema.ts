import { z } from 'zod';
import { isBareAddress, isTextNumber } from '../../../platform/outside/message.ts';

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 08:00.');
const Line = z
  .string()
  .trim()
  .max(120, 'Keep this under 120 letters.')
  .regex(/^\P{Cc}*$/u, 'Keep it on one line.');

/** By which rules messages go out. */
export const SendingRules = z
  .object({
    quietFrom: TimeOfDay.describe('nothing goes out from then on, by the clock where the person lives'),
    quietTo: TimeOfDay,
    aDay: z.number().int().min(1, 'At least one.').max(20, 'At most twenty.'),
    aWeek: z.number().int().min(1, 'At least one.').max(50, 'At most fifty.'),
    practiceName: Line.describe('how the practice calls itself in a text; empty: its name'),
    phone: Line.describe('the number to call back; empty: the practice’s'),
    receipt: z.boolean().describe('words of danger are answered at once with: call 911'),
    offersByText: z.boolean().describe('waitlist offers go out by text or e-mail where people agreed'),
  })
  .refine((rules) => rules.quietTo < rules.quietFrom, {
    path: ['quietFrom'],
    message: 'The evening comes after the morning, e.g. quiet from 21:00 to 08:00.',
  });
export type SendingRules = z.output<typeof SendingRules>;

export const EmailProvider = z.object({
  host: z
    .string()
    .trim()
    .min(1, 'Type the mail server, e.g. smtp.example.com.')
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'Type a server’s name.'),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().trim().max(200),
  from: z.string().trim().refine(isBareAddress, 'Type one e-mail address.'),
  fromName: Line,
  replyTo: z
    .string()
    .trim()
    .refine((typed) => typed === '' || isBareAddress(typed), 'Type one e-mail address, or none.'),
});
export type EmailProvider = z.output<typeof EmailProvider>;

export const TextProvider = z.object({
  baseUrl: z.url({ protocol: /^https?$/, error: 'Type an address that begins with https://.' }).max(300),
  accountSid: z
    .string()
    .trim()
    .min(1, 'Type the account.')
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/, 'Letters and digits only.'),
  from: z
    .string()
    .trim()
    .refine(
      (typed) => isTextNumber(typed) || /^MG[A-Za-z0-9]{8,64}$/.test(typed),
      'Type your number as +15185550123, or the MG… of a pool of numbers.',
    ),
});
export type TextProvider = z.output<typeof TextProvider>;

export const MessageSettings = z.object({
  rules: SendingRules,
  email: EmailProvider.nullable(),
  texts: TextProvider.nullable(),
  hasEmailPassword: z.boolean(),
  hasTextToken: z.boolean(),
  /** Where the provider tells us, below the public address; '' until it is set up. */
  hookPath: z.string(),
  isDemo: z.boolean(),
  version: z.number(),
});
export type MessageSettings = z.infer<typeof MessageSettings>;

const Secret = z.string().max(300).default('').describe('left out: the one that is kept');
export const SettingsChange = z.object({
  version: z.number().int().min(0),
  rules: SendingRules,
  email: EmailProvider.nullable(),
  emailPassword: Secret,
  texts: TextProvider.nullable(),
  textToken: Secret,
});
export type SettingsChange = z.output<typeof SettingsChange>;
