import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { CalendarChange, CalendarRow, NewCalendar } from './schema.ts';

const params = z.object({ calendarId: Id });
const version = z.object({ version: z.number().int().min(1) });

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
  params,
  body: version,
});
export const changeCalendar = endpoint({
  method: 'PATCH',
  path: '/api/external-calendars/:calendarId',
  summary: 'Change the name, the address or the physician of a calendar, or pause it',
  params,
  body: CalendarChange,
  answer: version,
});
export const undoCalendarChange = endpoint({
  method: 'POST',
  path: '/api/external-calendars/:calendarId/undo',
  summary: 'Take back the last change of a calendar, also of its address, which nobody is shown',
  params,
  body: version,
  answer: version,
});
