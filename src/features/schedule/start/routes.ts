import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { findStart } from './queries.ts';

const done = {};

export const startRoutes: readonly Route[] = [
  route(api.getStart, 'practice.set-up', async (tx) => ({ start: await findStart(tx.db) })),
  route(api.changeStart, 'practice.set-up', (tx, { body }) =>
    commands.changeStart(tx, body).then(() => done),
  ),
  route(api.startSites, 'practice.set-up', (tx, { body }) => commands.startSites(tx, body).then(() => done)),
  route(api.startPhysicians, 'practice.set-up', (tx, { body }) =>
    commands.startPhysicians(tx, body).then(() => done),
  ),
  route(api.startRooms, 'practice.set-up', (tx, { body }) => commands.startRooms(tx, body).then(() => done)),
  route(api.startTypes, 'practice.set-up', (tx, { body }) => commands.startTypes(tx, body).then(() => done)),
  route(api.startHours, 'practice.set-up', (tx, { body }) => commands.startHours(tx, body).then(() => done)),
  route(api.startColleagues, 'accounts.manage', async (tx, { body }) => ({
    accounts: await commands.startColleagues(tx, body),
  })),
];
