import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import { findOpenings } from './queries.ts';

export const openingsRoutes: readonly Route[] = [
  route(api.findOpenings, 'visits.see', (tx, { body }) => findOpenings(tx.db, body, { now: tx.now })),
];
