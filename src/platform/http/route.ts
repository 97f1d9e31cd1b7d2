import type { z } from 'zod';
import type { MadeOf } from '../db/memory.ts';
import type { Tx } from '../db/transaction.ts';
import type { Session } from '../session/session.ts';
import type { Endpoint } from './endpoint.ts';

type Input<E extends Endpoint> = {
  params: z.output<E['params']>;
  query: z.output<E['query']>;
  body: z.output<E['body']>;
  session: Session;
};

/**
 * A route: an endpoint, who may call it, and what answers it. The transaction is open already: writing for
 * `kind: 'write'` (with its idempotency key), reading for `kind: 'read'`.
 */
export type Route = {
  endpoint: Endpoint;
  /** A permission's key, or `signed-in` for what everyone with a session may do. */
  permission: string;
  handle(tx: Tx, input: Input<Endpoint>): Promise<unknown>;
  /** The answer of a reading route is the same for everyone who may see it: what it is made of. */
  remember?(input: Input<Endpoint>): MadeOf;
};

/** Declare a route; the handler's input and answer are typed by the endpoint. */
export function route<E extends Endpoint>(
  endpoint: E,
  permission: string,
  handle: (tx: Tx, input: Input<E>) => Promise<z.input<E['answer']>>,
  remember?: (input: Input<E>) => MadeOf,
): Route {
  // The server parses params, query and body with this endpoint's schemas before it calls the handler.
  const made = { endpoint, permission, handle: handle as Route['handle'] };
  return remember ? { ...made, remember: remember as NonNullable<Route['remember']> } : made;
}
