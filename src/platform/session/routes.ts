import { sql } from 'kysely';
import type { Tx } from '../db/transaction.ts';
import { type Route, route } from '../http/route.ts';
import { notFound } from '../refusal.ts';
import { listOwnSessions, signOutElsewhere, signOutThere } from './api.ts';
import { endSession } from './session.ts';

type Own = {
  sessionId: string;
  kind: 'browser' | 'bearer';
  device: string;
  createdAt: string;
  seenAt: string;
};

/** Where someone is signed in, latest used first. Access keys are the manager's (access-keys.ts). */
async function listOwn(tx: Tx): Promise<Own[]> {
  const { rows } = await sql<Own>`
    select session_id, kind, device, created_at, seen_at from sessions
    where account_id = ${tx.actor.accountId} and kind <> 'key' and ended_at is null and expires_at > ${tx.now}
    order by seen_at desc, session_id limit 200`.execute(tx.db);
  return rows;
}

const withHere = (tx: Tx, sessions: Own[]) =>
  sessions.map((one) => ({ ...one, here: one.sessionId === tx.actor.sessionId }));

export const ownSessionRoutes: readonly Route[] = [
  route(listOwnSessions, 'signed-in', async (tx) => ({ sessions: withHere(tx, await listOwn(tx)) })),
  route(signOutThere, 'signed-in', async (tx, { params }) => {
    const own = (await listOwn(tx)).find((one) => one.sessionId === params.id);
    if (!own) throw notFound('sign-in');
    await endSession(tx, own.sessionId);
    return {};
  }),
  route(signOutElsewhere, 'signed-in', async (tx) => {
    const others = withHere(tx, await listOwn(tx)).filter((one) => !one.here);
    for (const one of others) await endSession(tx, one.sessionId);
    return { ended: others.length };
  }),
];
