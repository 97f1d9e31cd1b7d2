import { type Route, route } from '../../platform/http/route.ts';
import { changeStaffAndAccount } from './accounts/commands.ts';
import * as api from './api.ts';
import { closureRoutes } from './closures/routes.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const practiceRoutes: readonly Route[] = [
  route(api.getPractice, 'practice.see', (tx) => queries.findPractice(tx.db)),
  route(api.changePractice, 'practice.set-up', async (tx, { body }) => ({
    version: await commands.changePractice(tx, body),
  })),
  route(api.listSites, 'practice.see', async (tx) => ({ sites: await queries.listSites(tx.db) })),
  route(api.addSite, 'practice.set-up', async (tx, { body }) => ({
    siteId: await commands.addSite(tx, body),
  })),
  route(api.changeSite, 'practice.set-up', async (tx, { params, body }) => ({
    version: await commands.changeSite(tx, params.siteId, body),
  })),
  route(api.orderSites, 'practice.set-up', async (tx, { body }) => {
    await commands.orderSites(tx, body.ids);
    return {};
  }),
  route(api.listStaff, 'practice.see', async (tx) => ({ staff: await queries.listStaff(tx.db) })),
  route(api.addStaff, 'practice.set-up', async (tx, { body }) => ({
    staffId: await commands.addStaff(tx, body),
  })),
  route(api.changeStaff, 'practice.set-up', async (tx, { params, body }) => ({
    version: await changeStaffAndAccount(tx, params.staffId, body),
  })),
  ...closureRoutes,
];
