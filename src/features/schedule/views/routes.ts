import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listViews } from './queries.ts';

// Who saves for everyone is asked by the command: one's own views are everyone's business who sees the schedule.
export const viewRoutes: readonly Route[] = [
  route(api.listViews, 'visits.see', async (tx) => ({ views: await listViews(tx.db, tx.actor.accountId) })),
  route(api.saveView, 'visits.see', async (tx, { body }) => ({ view: await commands.saveView(tx, body) })),
  route(api.changeView, 'visits.see', async (tx, { params, body }) => ({
    view: await commands.changeView(tx, params.id, body),
  })),
  route(api.removeView, 'visits.see', async (tx, { params, body }) => {
    await commands.removeView(tx, params.id, body.version);
    return {};
  }),
];
