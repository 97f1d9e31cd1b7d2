import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import {
  Message,
  MessageChannel,
  MessageLanguage,
  MessagePurpose,
  NewMessage,
  Thread,
  Version,
} from './schema.ts';
import { MessageSettings, SettingsChange } from './settings/schema.ts';
import { Template } from './templates/schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ message: Message });

export const listThreads = endpoint({
  method: 'GET',
  path: '/api/messages/threads',
  summary: 'With whom the office writes: those who wait first, dangers before all',
  answer: z.object({ threads: z.array(Thread) }),
});

export const listOutbox = endpoint({
  method: 'GET',
  path: '/api/messages/outbox',
  summary: 'What goes out and what went, the latest first, with what became of it',
  answer: z.object({ messages: z.array(Message), isDemo: z.boolean() }),
});

/** What a desk has to know before it writes to someone: each way, for each purpose. */
export const Reachability = z.object({
  channel: MessageChannel,
  purpose: MessagePurpose,
  /** '' where there is none */
  address: z.string(),
  proxyName: z.string(),
  may: z.enum(['yes', 'limited', 'ask', 'no']),
  optedOut: z.boolean(),
  /** why nothing goes there; '' */
  why: z.string(),
});
export type Reachability = z.infer<typeof Reachability>;

export const readPatientThread = endpoint({
  method: 'GET',
  path: '/api/patients/:id/messages',
  summary: 'All that was written with a person, and by which ways they may be written to',
  params,
  answer: z.object({
    /** whom one writes to, also before the first message */
    name: z.string(),
    bornOn: z.string().nullable(),
    messages: z.array(Message),
    ways: z.array(Reachability),
    language: MessageLanguage,
    /** instant until which nothing goes out where they live; null: now is fine */
    quietUntil: z.string().nullable(),
  }),
});

export const readThread = endpoint({
  method: 'GET',
  path: '/api/messages/:id/thread',
  summary: 'The thread of a message: also one with a number that nobody knows, and whose it may be',
  params,
  answer: z.object({
    messages: z.array(Message),
    patientId: Id.nullable(),
    address: z.string(),
    optedOut: z.boolean(),
    likely: z.array(z.object({ patientId: Id, name: z.string() })),
  }),
});

export const readMessage = endpoint({
  method: 'GET',
  path: '/api/messages/:id',
  summary: 'One message with every state that it had',
  params,
  answer: z.object({
    message: Message,
    steps: z.array(z.object({ state: z.string(), why: z.string(), at: z.string(), byName: z.string() })),
  }),
});

export const sendMessage = endpoint({
  method: 'POST',
  path: '/api/messages',
  summary: 'Write to a person, or back to a number that wrote; it leaves through the outbox',
  body: NewMessage,
  answer,
});

export const prepareMessage = endpoint({
  method: 'POST',
  path: '/api/messages/prepared',
  kind: 'read',
  summary: 'A template filled in for a person, in their language',
  body: z.object({ patientId: Id, template: z.string().max(40), channel: MessageChannel }),
  answer: z.object({
    subject: z.string(),
    body: z.string(),
    language: MessageLanguage,
    purpose: MessagePurpose,
  }),
});

export const settleMessage = endpoint({
  method: 'POST',
  path: '/api/messages/:id/done',
  summary: 'A message needs nothing more',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const reopenMessage = endpoint({
  method: 'POST',
  path: '/api/messages/:id/not-done',
  summary: 'A message is owed an answer again',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const sayWhose = endpoint({
  method: 'POST',
  path: '/api/messages/:id/whose',
  summary: 'Say whose number it is: all that was written with it stands in their thread',
  params,
  body: z.object({ patientId: Id }),
  answer,
});

export const recordOpt = endpoint({
  method: 'POST',
  path: '/api/messages/:id/opt',
  summary:
    'Note that the number or address of a message wants no more, or wants them again, as they said at the desk',
  params,
  body: z.object({ state: z.enum(['out', 'in']) }),
  answer,
});

export const listTemplates = endpoint({
  method: 'GET',
  path: '/api/messages/templates',
  summary: 'The words of messages, in each language',
  answer: z.object({ templates: z.array(Template), practiceName: z.string(), phone: z.string() }),
});

export const changeTemplate = endpoint({
  method: 'PUT',
  path: '/api/messages/templates',
  summary: 'Write the practice’s own words for a message',
  body: Template,
  answer: z.object({ template: Template }),
});

export const readMessageSettings = endpoint({
  method: 'GET',
  path: '/api/messages/settings',
  summary: 'Through whom the practice sends, and by which rules; no password is told',
  answer: z.object({ settings: MessageSettings, publicUrl: z.string().nullable() }),
});

export const changeMessageSettings = endpoint({
  method: 'PUT',
  path: '/api/messages/settings',
  summary: 'Change through whom the practice sends, and by which rules',
  body: SettingsChange,
  answer: z.object({ settings: MessageSettings }),
});
