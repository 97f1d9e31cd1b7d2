import { endpoint } from '../../../platform/http/endpoint.ts';
import { FindOpenings, OpeningsFound } from './schema.ts';

export const findOpenings = endpoint({
  method: 'POST',
  path: '/api/openings',
  summary:
    'The next times that fit a visit type, each with why; when none does, what blocks it and the nearest',
  kind: 'read',
  body: FindOpenings,
  answer: OpeningsFound,
});
