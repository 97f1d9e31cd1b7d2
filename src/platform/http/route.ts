import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  /** Whose records this session may not open: lists leave them out, or show that there is someone (gate.ts). */
  hidden: ReadonlySet<string>;
  /** Empty unless the route speaks a dialect that reads them. */
  headers: FastifyRequest['headers'];
  /** `https` where the asking program speaks TLS with us, or with a balancer that we believe. */
  protocol: FastifyRequest['protocol'];
};

export type RouteInput = Input<Endpoint>;

/**
 * Another way to speak than the desk's JSON, for the routes below a path: a standard's media types, headers and
 * errors. What a route may do and what it does are as everywhere: permission, transaction, audit.
 */
export type Dialect = {
  prefix: string;
  mediaType: string;
  /** The name of its errors' shape in the OpenAPI document, and the shape. */
  problem: { name: string; shape: z.ZodType };
  /** In a scope of its own: content types, error answers, what is public. */
  prepare(scope: FastifyInstance): void;
  /** Public routes that `prepare` made, for the OpenAPI document. */
  open: readonly Endpoint[];
  /** Refuse what cannot be spoken (a media type) before anything is done. */
  listen(request: FastifyRequest): void;
  /** @param answer JSON of what the route's handler answered */
  send(answer: Buffer, request: FastifyRequest, reply: FastifyReply): unknown;
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
  /** Its Idempotency-Key is then optional, since other standards do not know it. */
  dialect?: Dialect;
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
