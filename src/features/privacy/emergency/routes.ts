import { type Route, route } from '../../../platform/http/route.ts';
import * as glass from '../glass/commands.ts';
import { findSettings } from '../settings/queries.ts';
import * as api from './api.ts';
import { findEmergency, listBroken } from './queries.ts';

export const emergencyRoutes: readonly Route[] = [
  route(api.startEmergency, 'privacy.emergency', (tx, { body }) => glass.startEmergency(tx, body.reason)),
  route(api.readEmergency, 'signed-in', async (tx, { session }) => ({
    now: tx.now.toISOString(),
    until: await findEmergency(tx.db, session.accountId, tx.now),
    minutes: (await findSettings(tx.db)).emergencyMinutes,
    glass: await listBroken(tx.db, session.accountId, tx.now),
  })),
  route(api.endEmergency, 'signed-in', async (tx) => {
    await glass.endEmergency(tx);
    return {};
  }),
];
