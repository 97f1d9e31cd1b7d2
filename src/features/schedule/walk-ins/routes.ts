import { type Route, route } from '../../../platform/http/route.ts';
import { Refusal } from '../../../platform/refusal.ts';
import * as api from './api.ts';
import { registerWalkIn } from './commands.ts';

export const walkInRoutes: readonly Route[] = [
  route(api.registerWalkIn, 'visits.book', async (tx, { body }) => {
    if (!tx.actor.may('visits.arrive'))
      throw new Refusal('not-permitted', 'Your roles do not include checking in. Ask a colleague.');
    return { visit: await registerWalkIn(tx, body) };
  }),
];
