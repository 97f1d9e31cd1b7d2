import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Reason } from '../schema.ts';

export const startEmergency = endpoint({
  method: 'POST',
  path: '/api/emergency',
  summary:
    'Read what the own roles do not show, with a reason, for a limited time; whoever reviews is told at once',
  body: z.object({ reason: Reason }),
  answer: z.object({ until: z.string() }),
});

export const readEmergency = endpoint({
  method: 'GET',
  path: '/api/emergency',
  summary: 'Until when this account’s rights are raised, and what it broke the glass of',
  answer: z.object({
    now: z.string().describe("the office's clock"),
    until: z.string().nullable(),
    minutes: z.number(),
    glass: z
      .array(z.object({ aboutId: Id, until: z.string() }))
      .describe('restricted records that stand open to this account, and until when'),
  }),
});

export const endEmergency = endpoint({
  method: 'POST',
  path: '/api/emergency/end',
  summary: 'End the own emergency access now',
});
