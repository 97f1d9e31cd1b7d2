import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { OutsideEncounter } from './schema.ts';

export const listOutsideEncounters = endpoint({
  method: 'GET',
  path: '/api/patients/:id/outside-encounters',
  summary: 'What other places told of a person, newest first, a page at a time',
  params: z.object({ id: Id }),
  query: z.object({
    /** the last of the page before */
    before: Id.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  answer: z.object({ encounters: z.array(OutsideEncounter), more: z.boolean() }),
});
