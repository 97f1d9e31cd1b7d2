import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
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
  summary: 'Until when this account’s rights are raised',
  answer: z.object({ until: z.string().nullable(), minutes: z.number() }),
});

export const endEmergency = endpoint({
  method: 'POST',
  path: '/api/emergency/end',
  summary: 'End the own emergency access now',
});
