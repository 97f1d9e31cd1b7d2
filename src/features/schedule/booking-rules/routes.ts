import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { tryBooking } from './trying/queries.ts';

export const bookingRuleRoutes: readonly Route[] = [
  route(api.listBookingRules, 'visits.see', async (tx) => ({
    bookingRules: await queries.listBookingRules(tx.db),
  })),
  route(api.addBookingRule, 'schedule.set-up', async (tx, { body }) => ({
    ruleId: await commands.addBookingRule(tx, body),
  })),
  route(api.changeBookingRule, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await commands.changeBookingRule(tx, params.ruleId, body),
  })),
  route(api.tryBooking, 'visits.see', (tx, { body }) => tryBooking(tx.db, body, tx.now)),
];
