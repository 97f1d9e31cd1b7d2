import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { inTransaction, type Tx, theOffice } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import { deviceOf } from '../session/device.ts';
import { takeAppCode } from '../session/factors/authenticator.ts';
import { readFactors } from '../session/factors/own.ts';
import { countRecoveryCodes, takeRecoveryCode } from '../session/factors/recovery.ts';
import { kindOfCode, stepAfterPassword } from '../session/factors/rules.ts';
import { findSession, openSession, type Session } from '../session/session.ts';
import { isOnThisMachine, notOnThisMachine, refuseCrossSite, sessionCookie, tokenOf } from './guard.ts';
import type { ServerParts } from './server.ts';

/** How a session begins, is found, and is proved: for the session's own routes. */

export const cookieOptions = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

/** A page of another site may not sign this browser in as somebody (login CSRF). */
export function refuseForeignPage(request: FastifyRequest): void {
  if (request.headers.origin !== undefined) refuseCrossSite(request);
}

export function opening(session: Session, request: FastifyRequest) {
  return { practiceId: session.practiceId, actor: session.actor, requestId: request.id };
}

/** The session of a request, also a locked one. */
export async function currentSession(parts: ServerParts, request: FastifyRequest): Promise<Session> {
  const carried = tokenOf(request);
  const session = carried && (await findSession(parts.store, parts.catalog, carried.token));
  if (!carried || !session) throw new Refusal('not-signed-in', 'Sign in to go on.');
  if (carried.byCookie) refuseCrossSite(request);
  return session;
}

/** The session of a person who may change how they sign in: at an open desk, not through a program's key. */
export async function ownSession(parts: ServerParts, request: FastifyRequest): Promise<Session> {
  const session = await currentSession(parts, request);
  if (session.practiceKind === 'demo' && !isOnThisMachine(request)) throw notOnThisMachine();
  if (session.locked)
    throw new Refusal('not-signed-in', 'This desk is locked. Type your password to go on.', { locked: true });
  if (session.kind === 'key')
    throw new Refusal('not-permitted', 'A program’s key cannot change how its person signs in.');
  return session;
}

type Person = { practiceId: string; accountId: string; staffId: string };

export type Started = { token?: string; expiresAt: string; recoveryCodesLeft?: number };

/**
 * Open a session for someone who was proved to be who they say.
 * @param prove what is still to be proved, in the transaction that opens it; answers by what they were, for the audit
 */
export async function startSession(
  parts: ServerParts,
  { request, reply, kind }: { request: FastifyRequest; reply: FastifyReply; kind: 'browser' | 'bearer' },
  person: Person,
  prove: (tx: Tx) => Promise<string>,
): Promise<Started> {
  const actor = { accountId: person.accountId, staffId: person.staffId, may: theOffice.may };
  const started = await inTransaction(
    parts.store,
    { practiceId: person.practiceId, actor, requestId: request.id },
    async (tx) => {
      const { rows } = await sql<{ kind: string }>`
        select kind from practices where practice_id = ${tx.practiceId}`.execute(tx.db);
      if (rows[0]?.kind === 'demo' && !isOnThisMachine(request)) throw notOnThisMachine();
      const by = await prove(tx);
      const device = deviceOf(request.headers['user-agent']);
      const session = await openSession(tx, person.accountId, kind, { device, by });
      if (by !== byRecoveryCode) return session;
      return { ...session, recoveryCodesLeft: await countRecoveryCodes(tx, person.accountId) };
    },
  );
  if (kind === 'bearer') return started;
  const { token, ...told } = started;
  reply.setCookie(sessionCookie, token, {
    ...cookieOptions,
    secure: request.protocol === 'https',
    // A span and not an instant: the clock of a desk may be off.
    maxAge: Math.round((Date.parse(started.expiresAt) - parts.store.clock.now().getTime()) / 1000),
  });
  return told;
}

const byRecoveryCode = 'password and recovery code';

/** After the right password: the code of the app or a recovery code, where this account needs one. */
export async function proveSecondStep(
  tx: Tx,
  officeKey: Buffer,
  account: { accountId: string; roles: readonly string[] },
  typed: string | undefined,
): Promise<string> {
  const { accountId } = account;
  const step = stepAfterPassword(await readFactors(tx, accountId, account.roles), tx.now);
  if (step === 'none') return 'password';
  if (typed === undefined) {
    const message =
      step === 'code'
        ? 'Now type the code that your authenticator app shows.'
        : 'Your second step is a passkey: sign in with it, or type a recovery code.';
    throw new Refusal('not-signed-in', message, { secondStep: step });
  }
  const { kind, code } = kindOfCode(typed);
  if (kind === 'app' && step === 'code' && (await takeAppCode(tx, officeKey, accountId, code)))
    return 'password and code';
  if (kind === 'recovery' && (await takeRecoveryCode(tx, officeKey, accountId, code))) return byRecoveryCode;
  throw new Refusal(
    'not-signed-in',
    kind === 'app'
      ? 'This code is not right, or was used already. Wait for the next one and try again.'
      : 'This recovery code is not right, or was used already.',
    { secondStep: step },
  );
}
