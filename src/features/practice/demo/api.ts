import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';

/** Topic `practice`. */
export const getDemo = endpoint({
  method: 'GET',
  path: '/api/practice/demo',
  summary: 'How much of a demo practice’s year is there; null in a real practice',
  answer: z.object({
    demo: z
      .object({
        anchorOn: z.string().describe('the day that it was made around'),
        done: z.number(),
        total: z.number(),
      })
      .nullable(),
  }),
});
