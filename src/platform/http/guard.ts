import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';

export const sessionCookie = 'frontdesk_session';

/** The token of a request, and whether it came by cookie (then cross-site requests must be kept out). */
export function tokenOf(request: FastifyRequest): { token: string; byCookie: boolean } | undefined {
  const authorization = request.headers.authorization;
  if (authorization?.startsWith('Bearer ')) return { token: authorization.slice(7), byCookie: false };
  const cookie = request.cookies[sessionCookie];
  return cookie ? { token: cookie, byCookie: true } : undefined;
}

/**
 * Keep other sites from acting with the desk's cookie: it is SameSite=Strict already; a write must also carry
 * a header that no form or image can send, and come from this origin (OWASP, CSRF prevention).
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  const foreign = origin !== undefined && new URL(origin, 'http://x').host !== host;
  const crossSite = fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
  if (foreign || crossSite || request.headers['x-frontdesk'] === undefined) {
    throw new Refusal('not-permitted', 'This request did not come from the office’s own page.');
  }
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const loopbackAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const proxyHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** Whether this request was made on this very machine, by name too, with no proxy in between. */
export function isOnThisMachine(request: FastifyRequest): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!loopbackHosts.has(host)) return false;
  if (proxyHeaders.some((header) => request.headers[header] !== undefined)) return false;
  return loopbackAddresses.has(request.socket.remoteAddress ?? '');
}

export const notOnThisMachine = () =>
  new Refusal(
    'not-permitted',
    'Demo accounts work only on the machine that runs the demo. Make a real practice with “frontdesk init”.',
  );

/** A refresh that the desk makes by itself: nobody touched it, and nobody looked anew. */
export function isLive(request: FastifyRequest): boolean {
  return request.headers['x-frontdesk-live'] !== undefined;
}
