import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Coverage } from './schema.ts';

export const listCoverages = endpoint({
  method: 'GET',
  path: '/api/patients/:id/coverages',
  summary: 'What a person is insured by: what is active first, in the order in which they pay',
  params: z.object({ id: Id }),
  answer: z.object({ coverages: z.array(Coverage) }),
});
