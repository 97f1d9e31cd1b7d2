import { type Route, route } from '../../platform/http/route.ts';
import * as api from './api.ts';
import * as queries from './queries.ts';

export const practiceRoutes: readonly Route[] = [
  route(api.listSites, 'practice.see', async (tx) => ({ sites: await queries.listSites(tx.db) })),
];
