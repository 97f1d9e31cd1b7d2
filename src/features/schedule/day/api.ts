import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { CalendarDate } from '../openings/schema.ts';
import { Day, Week } from './schema.ts';

export const readDay = endpoint({
  method: 'GET',
  path: '/api/day',
  summary: 'Everything that the day view shows: columns, hours, visits, closings, counts',
  query: z.object({ date: CalendarDate, siteId: Id.optional() }),
  answer: Day,
});

export const readWeek = endpoint({
  method: 'GET',
  path: '/api/week',
  summary: 'The week (Monday to Sunday) of one physician around a date',
  query: z.object({ physicianId: Id, date: CalendarDate }),
  answer: Week,
});
