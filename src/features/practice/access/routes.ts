import { type Route, route } from '../../../platform/http/route.ts';
import { listAccessKeys, makeAccessKey, revokeAccessKey } from '../../../platform/session/access-keys.ts';
import * as api from './api.ts';

const dayMs = 86_400_000;

export const accessRoutes: readonly Route[] = [
  route(api.listAccessKeys, 'accounts.manage', async (tx) => ({ keys: await listAccessKeys(tx.db) })),
  route(api.makeAccessKey, 'accounts.manage', async (tx, { body }) => {
    const expiresAt = new Date(tx.now.getTime() + body.days * dayMs);
    const made = await makeAccessKey(tx, { ...body, expiresAt });
    tx.touch('practice', made.accessKeyId);
    // Its purpose is remembered.
    tx.touch('privacy');
    return made;
  }),
  route(api.revokeAccessKey, 'accounts.manage', async (tx, { params }) => {
    await revokeAccessKey(tx, params.accessKeyId);
    tx.touch('practice', params.accessKeyId);
    tx.touch('privacy');
    return {};
  }),
];
