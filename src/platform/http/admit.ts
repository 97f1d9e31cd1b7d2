import type { FastifyRequest } from 'fastify';
import type { Permission } from '../contributions.ts';
import { Refusal } from '../refusal.ts';
import { findSession, type Session } from '../session/session.ts';
import { isOnThisMachine, notOnThisMachine, refuseCrossSite, tokenOf } from './guard.ts';
import type { ServerParts } from './server.ts';

/** The session of a request, or a refusal that says how to go on. A locked desk may only be unlocked. */
export async function requireSession(parts: ServerParts, request: FastifyRequest): Promise<Session> {
  const carried = tokenOf(request);
  const session = carried && (await findSession(parts.store, parts.catalog, carried.token));
  if (!carried || !session)
    throw new Refusal('not-signed-in', 'Sign in to go on. What you typed is still here.');
  if (session.practiceKind === 'demo' && !isOnThisMachine(request)) throw notOnThisMachine();
  if (carried.byCookie) refuseCrossSite(request);
  if (session.locked) {
    throw new Refusal('not-signed-in', 'This desk is locked. Type your password to go on.', { locked: true });
  }
  return session;
}

export function requirePermission(
  session: Session,
  permission: string,
  catalog: readonly Permission[],
): void {
  if (session.mustChangePassword) {
    throw new Refusal(
      'not-permitted',
      'Choose a password of your own first: the manager set the one you used.',
    );
  }
  if (session.mustSetUpFactor) {
    throw new Refusal(
      'not-permitted',
      'Your role asks for a second step at sign-in. Set it up first; what you typed is kept.',
    );
  }
  if (permission === 'signed-in' || session.permissions.has(permission)) return;
  const label = catalog.find((one) => one.key === permission)?.label.toLowerCase() ?? permission;
  throw new Refusal(
    'not-permitted',
    `Your roles do not let you ${label}. A manager can do it, or change your roles.`,
  );
}
