import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Missed } from './schema.ts';

export const countMissed = endpoint({
  method: 'GET',
  path: '/api/patients/:id/missed',
  summary: 'How often a person missed a visit, or cancelled or moved one late, in two years',
  params: z.object({ id: Id }),
  answer: Missed,
});
