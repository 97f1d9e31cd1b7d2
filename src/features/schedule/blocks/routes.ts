import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';

export const blockRoutes: readonly Route[] = [
  route(api.addBlock, 'schedule.block', (tx, { body }) => commands.addBlock(tx, body)),
  route(api.changeBlock, 'schedule.block', (tx, { params, body }) =>
    commands.changeBlock(tx, params.id, body),
  ),
  route(api.removeBlock, 'schedule.block', (tx, { params, body }) =>
    commands.removeBlock(tx, params.id, body.version),
  ),
];
