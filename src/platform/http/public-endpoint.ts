import type { FastifyBaseLogger } from 'fastify';
import type { Store } from '../db/transaction.ts';

/**
 * What exists on the public listener, and nothing else does: patients' pages and the webhooks of other programs. No
 * session, no cookie, no JSON: a form or nothing comes in, a page or a few words go out.
 */
export type PublicEndpoint = {
  method: 'GET' | 'POST';
  path: string;
  /** bytes; left out: 8 KB */
  bodyLimit?: number;
  /** Requests of one address in a minute; left out: 60 */
  perMinute?: number;
  handle(office: PublicOffice, request: PublicRequest): Promise<PublicAnswer>;
};

export type PublicOffice = {
  store: Store;
  /** Where the outside world finds this listener, without a slash at its end */
  url: string;
  log: FastifyBaseLogger;
};

export type PublicRequest = {
  requestId: string;
  /** As who asks knows it: the public address, the path and what stands behind the question mark; signatures are made over it */
  url: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The fields of a form, in their order; none of a GET */
  form: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whose tries are counted together: an IPv4 address, or the first half of an IPv6 one */
  address: string;
  /** Made on this very machine, with no proxy in between: a demo practice answers to nobody else */
  isOnThisMachine: boolean;
};

export type PublicAnswer = {
  /** left out: 200 */
  status?: number;
  /** e.g. `text/html; charset=utf-8` */
  mediaType: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
};
