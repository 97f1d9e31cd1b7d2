import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const slotCodeRoutes: readonly Route[] = [
  route(api.listSlotCodes, 'visits.see', async (tx) => ({ slotCodes: await queries.listSlotCodes(tx.db) })),
  route(api.addSlotCode, 'schedule.set-up', async (tx, { body }) => ({
    slotCodeId: await commands.addSlotCode(tx, body),
  })),
  route(api.changeSlotCode, 'schedule.set-up', (tx, { params, body }) =>
    commands.changeSlotCode(tx, params.slotCodeId, body),
  ),
  route(api.orderSlotCodes, 'schedule.set-up', async (tx, { body }) => {
    await commands.orderSlotCodes(tx, body.ids);
    return {};
  }),
];
