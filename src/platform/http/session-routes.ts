import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { inTransaction, theOffice } from '../db/transaction.ts';
import { listPractices } from '../practices.ts';
import { Refusal } from '../refusal.ts';
import { type Account, checkPassword, setPassword } from '../session/accounts.ts';
import { deviceOf } from '../session/device.ts';
import {
  endSession,
  findSession,
  lockSession,
  noteSeen,
  openSession,
  type Session,
  unlockSession,
} from '../session/session.ts';
import * as api from './api.ts';
import {
  isLive,
  isOnThisMachine,
  notOnThisMachine,
  refuseCrossSite,
  sessionCookie,
  tokenOf,
} from './guard.ts';
import type { ServerParts } from './server.ts';

const cookieOptions = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
/** The password of every demo account; they exist only in a demo practice and work only on this machine. */
export const demoPassword = 'demo-desk';
export const demoRoles = ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'] as const;

/** The session's own routes: the only ones outside the permission table, since they make the session. */
export function sessionRoutes(app: FastifyInstance, parts: ServerParts): void {
  app.get(api.getHealth.path, async () => ({
    ok: true,
    version: parts.version,
    storage: parts.store.source.kind,
  }));
  app.get(api.getSession.path, async (request) => describeSession(parts, request));
  app.post(api.signIn.path, async (request, reply) => {
    const body = api.SignIn.parse(request.body ?? {});
    refuseForeignPage(request);
    const account = await checkPassword(parts.store, body.email, body.password, request.ip);
    return startSession(parts, request, reply, account, body.kind);
  });
  app.post(api.signInToDemo.path, async (request, reply) => {
    const { role } = api.signInToDemo.body.parse(request.body ?? {});
    refuseForeignPage(request);
    if (!isOnThisMachine(request) || !(await findDemo(parts))) throw notOnThisMachine();
    const account = await checkPassword(parts.store, `${role}@demo.test`, demoPassword, request.ip);
    return startSession(parts, request, reply, account, 'browser');
  });
  app.post(api.lockDesk.path, async (request) => {
    const session = await currentSession(parts, request);
    await inTransaction(parts.store, opening(session, request), (tx) => lockSession(tx, session.sessionId));
    return {};
  });
  app.post(api.unlockDesk.path, async (request) => {
    const { password } = api.unlockDesk.body.parse(request.body ?? {});
    const session = await currentSession(parts, request);
    await checkPassword(parts.store, session.email, password, request.ip);
    await inTransaction(parts.store, opening(session, request), (tx) => unlockSession(tx, session.sessionId));
    return {};
  });
  app.post(api.signOut.path, async (request, reply) => {
    const session = await currentSession(parts, request);
    await inTransaction(parts.store, opening(session, request), (tx) => endSession(tx, session.sessionId));
    reply.clearCookie(sessionCookie, cookieOptions);
    return {};
  });
  app.post(api.changeOwnPassword.path, async (request, reply) => {
    const { current, next } = api.changeOwnPassword.body.parse(request.body ?? {});
    const session = await currentSession(parts, request);
    if (session.practiceKind === 'demo')
      throw new Refusal('not-permitted', 'The demo’s passwords stay as they are.');
    await checkPassword(parts.store, session.email, current, request.ip);
    await inTransaction(parts.store, opening(session, request), (tx) =>
      setPassword(tx, session.accountId, next, false),
    );
    reply.clearCookie(sessionCookie, cookieOptions);
    return {};
  });
}

/** A page of another site may not sign this browser in as somebody (login CSRF). */
function refuseForeignPage(request: FastifyRequest): void {
  if (request.headers.origin !== undefined) refuseCrossSite(request);
}

function opening(session: Session, request: FastifyRequest) {
  return { practiceId: session.practiceId, actor: session.actor, requestId: request.id };
}

async function currentSession(parts: ServerParts, request: FastifyRequest): Promise<Session> {
  const carried = tokenOf(request);
  const session = carried && (await findSession(parts.store, parts.catalog, carried.token));
  if (!carried || !session) throw new Refusal('not-signed-in', 'Sign in to go on.');
  if (carried.byCookie) refuseCrossSite(request);
  return session;
}

async function startSession(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account,
  kind: 'browser' | 'bearer',
) {
  const actor = { accountId: account.accountId, staffId: account.staffId, may: theOffice.may };
  const started = await inTransaction(
    parts.store,
    { practiceId: account.practiceId, actor, requestId: request.id },
    async (tx) => {
      const { rows } = await sql<{ kind: string }>`
      select kind from practices where practice_id = ${tx.practiceId}`.execute(tx.db);
      if (rows[0]?.kind === 'demo' && !isOnThisMachine(request)) throw notOnThisMachine();
      return openSession(tx, account.accountId, kind, deviceOf(request.headers['user-agent']));
    },
  );
  if (kind === 'bearer') return started;
  reply.setCookie(sessionCookie, started.token, {
    ...cookieOptions,
    secure: request.protocol === 'https',
    // A span and not an instant: the clock of a desk may be off.
    maxAge: Math.round((Date.parse(started.expiresAt) - parts.store.clock.now().getTime()) / 1000),
  });
  return { expiresAt: started.expiresAt };
}

async function findDemo(parts: ServerParts): Promise<boolean> {
  return (await listPractices(parts.store)).some((practice) => practice.kind === 'demo');
}

const nobody: api.SessionAnswer = {
  signedIn: false,
  locked: false,
  demo: false,
  demoRoles: [],
  practiceName: '',
  timeZone: 'UTC',
  accountId: '',
  staffId: '',
  displayName: '',
  email: '',
  roles: [],
  permissions: [],
  mustChangePassword: false,
  expiresAt: '',
};

async function describeSession(parts: ServerParts, request: FastifyRequest): Promise<api.SessionAnswer> {
  const carried = tokenOf(request);
  const session = carried && (await findSession(parts.store, parts.catalog, carried.token));
  const onDemo = isOnThisMachine(request) && (await findDemo(parts));
  const roles = onDemo ? [...demoRoles] : [];
  if (!session) return { ...nobody, demo: onDemo, demoRoles: roles };
  if (!isLive(request)) await noteSeen(parts.store, session);
  return {
    ...session,
    signedIn: true,
    demo: session.practiceKind === 'demo',
    demoRoles: roles,
    permissions: [...session.permissions],
  };
}
