import { endpoint } from '../../../platform/http/endpoint.ts';
import {
  OutcomesAsked,
  OutcomesReport,
  ReasonsAsked,
  ReasonsReport,
  ThirdNextAsked,
  ThirdNextReport,
  UtilizationAsked,
  UtilizationReport,
} from './schema.ts';

export const reportOutcomes = endpoint({
  method: 'GET',
  path: '/api/reports/outcomes',
  summary:
    'Kept, missed and cancelled visits by physician, type, weekday, days ahead or month, with the usual',
  query: OutcomesAsked,
  answer: OutcomesReport,
});

export const reportReasons = endpoint({
  method: 'GET',
  path: '/api/reports/reasons',
  summary: 'Why visits were cancelled',
  query: ReasonsAsked,
  answer: ReasonsReport,
});

export const reportUtilization = endpoint({
  method: 'GET',
  path: '/api/reports/utilization',
  summary: 'Minutes of hours, booked, kept and missed, by physician and week',
  query: UtilizationAsked,
  answer: UtilizationReport,
});

export const reportThirdNext = endpoint({
  method: 'GET',
  path: '/api/reports/third-next',
  summary: 'When each physician has the third appointment to give out',
  query: ThirdNextAsked,
  answer: ThirdNextReport,
});
