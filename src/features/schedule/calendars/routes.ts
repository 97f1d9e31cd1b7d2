import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as changes from './changes/commands.ts';
import * as commands from './commands.ts';
import { listCalendars } from './queries.ts';

export const calendarRoutes: readonly Route[] = [
  route(api.listCalendars, 'schedule.set-up', async (tx) => ({
    calendars: await listCalendars(tx.db, tx.now),
  })),
  route(api.addCalendar, 'schedule.set-up', async (tx, { body }) => ({
    calendarId: await commands.addCalendar(tx, body),
  })),
  route(api.removeCalendar, 'schedule.set-up', async (tx, { params, body }) => {
    await commands.removeCalendar(tx, params.calendarId, body.version);
    return {};
  }),
  route(api.changeCalendar, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await changes.changeCalendar(tx, params.calendarId, body),
  })),
  route(api.undoCalendarChange, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await changes.undoCalendarChange(tx, params.calendarId, body.version),
  })),
];
