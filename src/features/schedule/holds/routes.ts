import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';

export const holdRoutes: readonly Route[] = [
  route(api.holdOpening, 'visits.book', async (tx, { body }) => ({
    hold: await commands.holdOpening(tx, body),
  })),
  route(api.releaseHold, 'visits.book', async (tx, { params }) => ({
    released: await commands.releaseHold(tx, params.id),
  })),
  route(api.keepHold, 'visits.book', async (tx, { params }) => ({
    hold: await commands.keepHold(tx, params.id),
  })),
];
