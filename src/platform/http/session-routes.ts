import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inTransaction } from '../db/transaction.ts';
import { listPractices } from '../practices.ts';
import { Refusal } from '../refusal.ts';
import { checkPassword, setPassword } from '../session/accounts.ts';
import { countCodeTry, countPasskeyTry } from '../session/attempts.ts';
import { askForPasskey, signInByPasskey, unlockByPasskey } from '../session/factors/api.ts';
import { noteUse, type ProvedPasskey, provePasskey, signInOptions } from '../session/factors/passkeys.ts';
import { endSession, findSession, lockSession, noteSeen, unlockSession } from '../session/session.ts';
import * as api from './api.ts';
import { isLive, isOnThisMachine, notOnThisMachine, sessionCookie, tokenOf } from './guard.ts';
import type { ServerParts } from './server.ts';
import {
  cookieOptions,
  currentSession,
  opening,
  proveSecondStep,
  refuseForeignPage,
  startSession,
} from './session-start.ts';
import { webPlace } from './web-place.ts';

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
  signInRoutes(app, parts);
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

function signInRoutes(app: FastifyInstance, parts: ServerParts): void {
  const { store } = parts;
  app.post(api.signIn.path, async (request, reply) => {
    const body = api.SignIn.parse(request.body ?? {});
    refuseForeignPage(request);
    const account = await checkPassword(store, body.email, body.password, request.ip);
    const settle = body.code === undefined ? undefined : await countCodeTry(store, account.accountId);
    const how = { request, reply, kind: body.kind };
    const started = await startSession(parts, how, account, (tx) =>
      proveSecondStep(tx, store.auditKey, account, body.code),
    );
    await settle?.();
    return started;
  });
  app.post(api.signInToDemo.path, async (request, reply) => {
    const { role } = api.signInToDemo.body.parse(request.body ?? {});
    refuseForeignPage(request);
    if (!isOnThisMachine(request) || !(await findDemo(parts))) throw notOnThisMachine();
    const account = await checkPassword(store, `${role}@demo.test`, demoPassword, request.ip);
    return startSession(parts, { request, reply, kind: 'browser' }, account, async () => 'demo');
  });
  app.post(askForPasskey.path, async (request) => {
    refuseForeignPage(request);
    return { options: await signInOptions(store, webPlace(request, parts.origin)) };
  });
  app.post(signInByPasskey.path, async (request, reply) => {
    const { kind } = signInByPasskey.body.parse(request.body ?? {});
    refuseForeignPage(request);
    const proved = await takePasskey(parts, request);
    return startSession(parts, { request, reply, kind }, proved, async (tx) => {
      if (!(await noteUse(tx, proved))) throw unknownPasskey();
      return 'passkey';
    });
  });
  app.post(unlockByPasskey.path, async (request) => {
    const session = await currentSession(parts, request);
    const proved = await takePasskey(parts, request);
    if (proved.accountId !== session.accountId || proved.practiceId !== session.practiceId)
      throw new Refusal('not-signed-in', 'This passkey belongs to somebody else. Choose “Somebody else”.');
    await inTransaction(store, opening(session, request), async (tx) => {
      if (!(await noteUse(tx, proved))) throw unknownPasskey();
      await unlockSession(tx, session.sessionId);
    });
    return {};
  });
}

/** The same words whatever was wrong: whose passkeys are known here is nobody's to try out. */
const unknownPasskey = () =>
  new Refusal(
    'not-signed-in',
    'This passkey does not sign in here. Use another, or your e-mail and password.',
  );

async function takePasskey(parts: ServerParts, request: FastifyRequest): Promise<ProvedPasskey> {
  const { response } = unlockByPasskey.body.parse(request.body ?? {});
  const failed = await countPasskeyTry(parts.store, request.ip);
  const proved = await provePasskey(parts.store, webPlace(request, parts.origin), response);
  if (proved) return proved;
  await failed();
  throw unknownPasskey();
}

async function findDemo(parts: ServerParts): Promise<boolean> {
  return (await listPractices(parts.store)).some((practice) => practice.kind === 'demo');
}

const nobody: api.SessionAnswer = {
  signedIn: false,
  locked: false,
  demo: false,
  demoRoles: [],
  firstPractice: 'no',
  practiceName: '',
  timeZone: 'UTC',
  accountId: '',
  staffId: '',
  displayName: '',
  email: '',
  roles: [],
  permissions: [],
  mustChangePassword: false,
  mustSetUpFactor: false,
  setUpFactorBefore: null,
  factorsReset: null,
  expiresAt: '',
};

async function describeSession(parts: ServerParts, request: FastifyRequest): Promise<api.SessionAnswer> {
  const carried = tokenOf(request);
  const session = carried && (await findSession(parts.store, parts.catalog, carried.token));
  const practices = await listPractices(parts.store);
  const onDemo = isOnThisMachine(request) && practices.some((practice) => practice.kind === 'demo');
  const roles = onDemo ? [...demoRoles] : [];
  if (!session) {
    const made = isOnThisMachine(request) ? 'here' : 'code';
    const firstPractice = practices.length > 0 ? 'no' : made;
    return { ...nobody, demo: onDemo, demoRoles: roles, firstPractice };
  }
  if (!isLive(request)) await noteSeen(parts.store, session);
  const raised = session.locked ? [] : ((await parts.gate?.raised(parts.store, session)) ?? []);
  return {
    ...session,
    signedIn: true,
    firstPractice: 'no',
    demo: session.practiceKind === 'demo',
    demoRoles: roles,
    permissions: [...new Set([...session.permissions, ...raised])],
  };
}
