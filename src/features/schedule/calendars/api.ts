import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { CalendarRow, NewCalendar } from './schema.ts';

export const listCalendars = endpoint({
  method: 'GET',
  path: '/api/external-calendars',
  summary: 'Calendars outside the office in which physicians are busy, and how their last reading went',
  answer: z.object({ calendars: z.array(CalendarRow) }),
});
export const addCalendar = endpoint({
  method: 'POST',
  path: '/api/external-calendars',
  summary: 'Take in a calendar of a physician, by its address or as a file; its busy times are not offered',
  body: NewCalendar,
  answer: z.object({ calendarId: Id }),
});
export const removeCalendar = endpoint({
  method: 'POST',
  path: '/api/external-calendars/:calendarId/remove',
  summary: 'Let go of a calendar: its busy times are open again',
  params: z.object({ calendarId: Id }),
  body: z.object({ version: z.number().int().min(1) }),
});
