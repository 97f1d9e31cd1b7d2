import { z } from 'zod';
import { Id } from '../../platform/id.ts';

export const messageChannels = ['text', 'email'] as const;
export const MessageChannel = z.enum(messageChannels);
export type MessageChannel = z.infer<typeof MessageChannel>;

/** Why a message is sent: consent and opt-outs are kept for each. */
export const messagePurposes = ['reminder', 'waitlist', 'recall', 'billing', 'other'] as const;
export const MessagePurpose = z.enum(messagePurposes);
export type MessagePurpose = z.infer<typeof MessagePurpose>;

export const messageStates = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'suppressed',
  'received',
] as const;
export const MessageState = z.enum(messageStates);
export type MessageState = z.infer<typeof MessageState>;

/** What an incoming message was understood as; '' is for a human. */
export const meanings = ['', 'opt-out', 'opt-in', 'confirm', 'call-back', 'yes', 'no'] as const;
export const Meaning = z.enum(meanings);
export type Meaning = z.infer<typeof Meaning>;

export const languages = ['en', 'es'] as const;
export const MessageLanguage = z.enum(languages);
export type MessageLanguage = z.infer<typeof MessageLanguage>;

export const Version = z.number().int().min(1);
export const longestText = 1000;
export const longestEmail = 5000;

export const Message = z.object({
  messageId: Id,
  version: z.number(),
  direction: z.enum(['in', 'out']),
  channel: MessageChannel,
  patientId: Id.nullable(),
  /** "Jo Smith"; '' while nobody knows who it is */
  patientName: z.string(),
  address: z.string(),
  proxyName: z.string().describe('an authorized person who is written to in the patient’s place'),
  at: z.string(),
  byName: z.string(),
  subject: z.string(),
  body: z.string(),
  language: z.string(),
  purpose: MessagePurpose,
  template: z.string(),
  isAnswer: z.boolean(),
  aboutKind: z.string(),
  aboutId: Id.nullable(),
  answers: z.array(z.string()),
  state: MessageState,
  why: z.string(),
  notBefore: z.string().nullable(),
  expiresAt: z.string().nullable(),
  tries: z.number(),
  meaning: Meaning,
  redFlags: z.array(z.string()),
  waits: z.boolean(),
  settledAt: z.string().nullable(),
  settledByName: z.string(),
});
export type Message = z.infer<typeof Message>;

/** All that was written with one person, or with one number or address that nobody knows. */
export const Thread = z.object({
  thread: z.string(),
  patientId: Id.nullable(),
  patientName: z.string(),
  address: z.string(),
  lastAt: z.string(),
  lastMessageId: Id,
  lastBody: z.string(),
  lastDirection: z.enum(['in', 'out']),
  lastState: MessageState,
  waiting: z.number().describe('messages that someone owes an answer'),
  waitsSince: z.string().nullable(),
  redFlags: z.array(z.string()),
});
export type Thread = z.infer<typeof Thread>;

/** What a desk sends: to a person by the way that reaches them, or back to a number that wrote. */
export const NewMessage = z
  .object({
    patientId: Id.nullable().default(null),
    address: z.string().trim().max(254).default('').describe('to a number that wrote and that nobody knows'),
    channel: MessageChannel.default('text'),
    purpose: MessagePurpose.default('other'),
    template: z.string().max(40).default('').describe('of which it was made; empty: typed'),
    language: MessageLanguage.default('en'),
    subject: z
      .string()
      .trim()
      .max(200)
      .regex(/^\P{Cc}*$/u, 'Keep the subject on one line.')
      .default(''),
    body: z.string().trim().min(1, 'Type the message.').max(longestEmail),
    seenUpTo: Id.nullable()
      .default(null)
      .describe(
        'the last message of the thread that was on screen: it and those before are answered by this',
      ),
  })
  .superRefine((message, context) => {
    if (message.patientId === null && message.address === '')
      context.addIssue({ code: 'custom', path: ['address'], message: 'Say to whom.' });
    if (message.channel === 'text' && message.body.length > longestText)
      context.addIssue({
        code: 'custom',
        path: ['body'],
        message: `Keep a text under ${longestText} letters.`,
      });
  });
export type NewMessage = z.output<typeof NewMessage>;
