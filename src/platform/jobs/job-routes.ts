import { type Route, route } from '../http/route.ts';
import * as api from './api.ts';
import * as failed from './failed.ts';

export const jobRoutes: readonly Route[] = [
  route(api.listFailedJobs, 'office.upkeep', async (tx) => ({ jobs: await failed.listFailedJobs(tx.db) })),
  route(api.retryJob, 'office.upkeep', async (tx, { params }) => {
    await failed.retryJob(tx, params.id);
    return {};
  }),
  route(api.letGoOfJob, 'office.upkeep', async (tx, { params, body }) => {
    await failed.letGoOfJob(tx, params.id, body.reason);
    return {};
  }),
];
