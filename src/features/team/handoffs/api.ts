import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Version } from '../schema.ts';
import { Handoff, HandoffHead, HandoffWords, NewHandoff, OpenDuty } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ handoff: HandoffHead });

export const draftHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs/draft',
  summary: 'What is open of mine until tomorrow night and what I noted today, as the draft of a hand-off',
  kind: 'read',
  answer: z.object({
    items: z.array(OpenDuty),
    notes: z
      .array(z.object({ text: z.string(), patientId: Id.nullable(), patientName: z.string() }))
      .describe('what I noted today'),
  }),
});

export const sendHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs',
  summary: 'Hand off to a person or a role: words, and what is open; what was settled meanwhile is left out',
  body: NewHandoff,
  answer,
});

export const listHandoffs = endpoint({
  method: 'GET',
  path: '/api/handoffs',
  summary:
    'Hand-offs of the last month that are to me, to my roles or from me; a manager sees all. Newest first',
  answer: z.object({ handoffs: z.array(HandoffHead) }),
});

export const openHandoff = endpoint({
  method: 'GET',
  path: '/api/handoffs/:id',
  summary: 'A hand-off with its items as they stand now: what is settled since says so',
  params,
  answer: z.object({ handoff: Handoff }),
});

export const acknowledgeHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs/:id/acknowledge',
  summary: 'I go on with it: what is open and was theirs by name is mine from now on',
  params,
  body: z.object({ version: Version }),
  answer,
});

export const askAboutHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs/:id/ask',
  summary: 'Ask something before acknowledging; the sender owes the answer',
  params,
  body: HandoffWords,
  answer,
});

export const answerHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs/:id/answer',
  summary: 'Answer a question about a hand-off',
  params,
  body: HandoffWords,
  answer,
});

export const withdrawHandoff = endpoint({
  method: 'POST',
  path: '/api/handoffs/:id/withdraw',
  summary: 'Take a hand-off back while nobody has acknowledged it',
  params,
  body: z.object({ version: Version }),
});
