import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listPinned } from './queries.ts';

export const pinRoutes: readonly Route[] = [
  route(api.listPins, 'visits.see', async (tx) => {
    const { accountId } = tx.actor;
    const pins = accountId ? await listPinned(tx.db, accountId) : [];
    const subjectIds = pins.map((one) => one.visit.visitId);
    if (subjectIds.length > 0) tx.audit({ action: 'pinboard.opened', subjectKind: 'visit', subjectIds });
    return { pins };
  }),
  route(api.pinVisit, 'visits.move', async (tx, { params }) => ({
    visit: await commands.pinVisit(tx, params.id),
  })),
  route(api.unpinVisit, 'visits.move', async (tx, { params }) => {
    await commands.unpinVisit(tx, params.id);
    return {};
  }),
];
