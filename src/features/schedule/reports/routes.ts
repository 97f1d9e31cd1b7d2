import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as queries from './queries.ts';

/** Counts of visits, of nobody by name. */
export const reportRoutes: readonly Route[] = [
  route(api.reportOutcomes, 'reports.see', (tx, { query }) => queries.reportOutcomes(tx.db, query)),
  route(api.reportReasons, 'reports.see', (tx, { query }) => queries.reportReasons(tx.db, query)),
  route(api.reportUtilization, 'reports.see', async (tx, { query }) => ({
    rows: await queries.reportUtilization(tx.db, query),
  })),
  route(api.reportThirdNext, 'reports.see', (tx, { query }) =>
    queries.reportThirdNext(tx.db, query.visitTypeId, tx.now),
  ),
];
