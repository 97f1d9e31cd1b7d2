import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { MarkedVisit, RiskReport } from './schema.ts';

export const readRisk = endpoint({
  method: 'GET',
  path: '/api/schedule/risk',
  summary:
    'How well the marks of visits that may be missed did on days they had not seen, and what they rest on',
  answer: RiskReport,
});

export const listMarked = endpoint({
  method: 'GET',
  path: '/api/schedule/risk/visits',
  summary: 'Visits of the next seven days that nobody has confirmed and that may be missed, with the reasons',
  answer: z.object({
    rows: z.array(MarkedVisit),
    looked: z.number().describe('unconfirmed visits looked at: the next 500 at most'),
  }),
});
