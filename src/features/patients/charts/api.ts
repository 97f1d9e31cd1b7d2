import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { ChartMove, ChartPlace, OutDays } from './schema.ts';

const ofPatient = z.object({ id: Id });
/** What is so now first, then every move, the latest first. */
const answer = z.object({ moves: z.array(ChartPlace) });
const settings = z.object({ outDays: z.number(), version: z.number() });

export const listChartMoves = endpoint({
  method: 'GET',
  path: '/api/patients/:id/chart',
  summary: 'Where a person’s paper chart is, and where it was',
  params: ofPatient,
  answer,
});

export const moveChart = endpoint({
  method: 'POST',
  path: '/api/patients/:id/chart',
  summary: 'A paper chart goes to a shelf, or out to someone',
  params: ofPatient,
  body: ChartMove,
  answer,
});

export const readChartSettings = endpoint({
  method: 'GET',
  path: '/api/charts/settings',
  summary: 'After how many days a chart that is out is asked for',
  answer: z.object({ settings }),
});

export const changeChartSettings = endpoint({
  method: 'POST',
  path: '/api/charts/settings',
  summary: 'Change after how many days a chart that is out is asked for',
  body: z.object({ version: z.number().int().min(0), outDays: OutDays }),
  answer: z.object({ settings }),
});
