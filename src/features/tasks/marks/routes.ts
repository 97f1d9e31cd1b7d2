import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const markRoutes: readonly Route[] = [
  route(api.snoozeDuty, 'duties.mark', async (tx, { body }) => ({
    mark: await commands.snoozeDuty(tx, body),
  })),
  route(api.assignDuty, 'duties.mark', async (tx, { body }) => ({
    mark: await commands.assignDuty(tx, body),
  })),
  route(api.listAssignees, 'duties.see', async (tx) => ({ assignees: await queries.listAssignees(tx.db) })),
];
