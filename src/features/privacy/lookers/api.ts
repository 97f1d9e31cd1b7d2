import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';

export const Look = z.object({
  seq: z.number(),
  at: z.string(),
  who: z.string().describe('empty where the practice tells roles only'),
  role: z.string(),
  what: z.string(),
});

export const listLooks = endpoint({
  method: 'GET',
  path: '/api/patients/:id/looks',
  summary: 'Who looked at a person’s record, in plain words, newest first',
  params: z.object({ id: Id }),
  query: z.object({
    before: z.coerce.number().int().positive().optional().describe('older than this number'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    lists: z
      .enum(['with', 'without'])
      .default('without')
      .describe('also lists in which they stood beside others'),
  }),
  answer: z.object({
    looks: z.array(Look),
    /** Ask for what is before this number; null: there is nothing older. */
    next: z.number().nullable(),
  }),
});
