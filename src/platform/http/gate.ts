import type { FastifyRequest } from 'fastify';
import type { Store } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { isLive } from './guard.ts';
import type { Route, RouteInput } from './route.ts';

/** What a request asks, before anything is done for it. */
export type GateAsk = {
  store: Store;
  session: Session;
  route: Route;
  /** Parsed already. */
  input: Pick<RouteInput, 'params' | 'query' | 'body'>;
  /** A refresh that nobody asked for. */
  live: boolean;
  /** What a program reads people for: its X-Purpose header. */
  purpose: string;
  requestId: string;
};

/** What of any answer a session may not see. */
export type Veil = {
  /** Sessions with the same key see the same. */
  key: string;
  /** Whose records it may not open. */
  hidden: ReadonlySet<string>;
  /** A copy without what is hidden; the thing itself where nothing is. */
  over<T>(answer: T): T;
};

/**
 * Stands before every route: whom a request is about is found here and not in the routes, so that no route can
 * forget to ask.
 */
export type Gate = {
  /**
   * More rights than the roles give, for a while (emergency access).
   * @returns the permissions beside those of the roles; none where there are none
   */
  raised(store: Store, session: Session): Promise<ReadonlySet<string>>;
  /** Refuse, or let the request on. @returns null: nothing is hidden from this session */
  admit(ask: GateAsk): Promise<Veil | null>;
};

type GateParts = { store: Store; gate?: Gate };

export async function askGate(parts: GateParts, route: Route, input: RouteInput, request: FastifyRequest) {
  const { store, gate } = parts;
  if (!gate) return null;
  const { session } = input;
  const purpose = String(request.headers['x-purpose'] ?? '').trim();
  return gate.admit({ store, session, route, input, live: isLive(request), purpose, requestId: request.id });
}

/** What a refusal offers names people as well. */
export function veiled(error: unknown, veil: Veil): unknown {
  if (!(error instanceof Refusal)) return error;
  return new Refusal(error.code, error.message, veil.over(error.detail));
}

/** The session as it may read now: where its roles do not let it, what was raised for a while may. Writes stay. */
export async function raise({ store, gate }: GateParts, session: Session, route: Route): Promise<Session> {
  const { permission, endpoint } = route;
  if (!gate || permission === 'signed-in' || session.permissions.has(permission)) return session;
  if (endpoint.kind !== 'read') return session;
  const raised = await gate.raised(store, session);
  if (!raised.has(permission)) return session;
  const permissions = new Set([...session.permissions, ...raised]);
  const actor = { ...session.actor, may: (one: string) => permissions.has(one) };
  return { ...session, permissions, actor };
}
