import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as hours from './hours/commands.ts';
import { listOutside } from './outside/queries.ts';
import * as queries from './queries.ts';

export const setupRoutes: readonly Route[] = [
  route(api.getSetup, 'visits.see', (tx) => queries.readSetup(tx.db)),
  route(api.listResources, 'visits.see', async (tx) => ({ resources: await queries.listResources(tx.db) })),
  route(api.addResource, 'schedule.set-up', async (tx, { body }) => ({
    resourceId: await commands.addResource(tx, body),
  })),
  route(api.changeResource, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await commands.changeResource(tx, params.resourceId, body),
  })),
  route(api.orderResources, 'schedule.set-up', async (tx, { body }) => {
    await commands.orderResources(tx, body.ids);
    return {};
  }),
  route(api.listVisitTypes, 'visits.see', async (tx) => ({
    visitTypes: await queries.listVisitTypes(tx.db),
  })),
  route(api.addVisitType, 'schedule.set-up', async (tx, { body }) => ({
    visitTypeId: await commands.addVisitType(tx, body),
  })),
  route(api.changeVisitType, 'schedule.set-up', async (tx, { params, body }) => ({
    version: await commands.changeVisitType(tx, params.visitTypeId, body),
  })),
  route(api.orderVisitTypes, 'schedule.set-up', async (tx, { body }) => {
    await commands.orderVisitTypes(tx, body.ids);
    return {};
  }),
  route(api.readHours, 'visits.see', async (tx, { query: { resourceId } }) => {
    const resource = (await queries.listResources(tx.db)).find((one) => one.resourceId === resourceId);
    if (!resource) throw notFound('resource');
    const today = await hours.todayHere(tx);
    const weekly = await queries.listWeekly(tx.db, resourceId, today);
    return { resource, weekly, exceptions: await queries.listExceptions(tx.db, resourceId, today), today };
  }),
  route(api.replaceWeek, 'schedule.set-up', (tx, { params, body }) =>
    hours.replaceWeek(tx, params.resourceId, body),
  ),
  route(api.addException, 'schedule.set-up', (tx, { params, body }) =>
    hours.addException(tx, params.resourceId, body),
  ),
  route(api.removeException, 'schedule.set-up', (tx, { params, body }) =>
    hours.removeException(tx, params.exceptionId, body.version),
  ),
  route(api.listOutside, 'visits.see', async (tx) => {
    const visits = await listOutside(tx.db, tx.now);
    return { count: visits.length, visits: visits.slice(0, 200) };
  }),
];
