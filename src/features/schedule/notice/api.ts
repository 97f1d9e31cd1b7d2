import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Missed, NoticeTaken, SayWhoAsked } from './schema.ts';

const params = z.object({ id: Id });

export const countMissed = endpoint({
  method: 'GET',
  path: '/api/patients/:id/missed',
  summary: 'How often a person missed a visit, or cancelled or moved one late, in two years',
  params,
  answer: Missed,
});

export const sayWhoAsked = endpoint({
  method: 'POST',
  path: '/api/visits/:id/asked-by',
  summary: 'Say who asked for the move that a visit just made: one that the patient asks for may be late',
  params,
  body: SayWhoAsked,
  answer: NoticeTaken,
});
