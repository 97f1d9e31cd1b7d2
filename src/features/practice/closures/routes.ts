import { federalHolidays } from '../../../platform/calendar/holidays.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listClosures } from './queries.ts';
import { proposeHolidays } from './rules.ts';

export const closureRoutes: readonly Route[] = [
  route(api.listClosures, 'practice.see', async (tx, { query: { year } }) => ({
    closures: await listClosures(tx.db, `${year}-01-01`, `${year}-12-31`),
  })),
  route(api.listHolidays, 'practice.see', async (tx, { query: { year } }) => {
    const closures = await listClosures(tx.db, `${year}-01-01`, `${year}-12-31`);
    // A New Year's Day on a Saturday is observed on the last day of the year before.
    const holidays = [...federalHolidays(year), ...federalHolidays(year + 1)];
    return { holidays: proposeHolidays(year, holidays, closures) };
  }),
  route(api.addClosures, 'practice.set-up', async (tx, { body }) => ({
    closureIds: await commands.addClosures(tx, body.closures),
  })),
  route(api.removeClosure, 'practice.set-up', async (tx, { params, body }) => {
    await commands.removeClosure(tx, params.closureId, body.version);
    return {};
  }),
];
