import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { Clock } from '../clock/clock.ts';
import type { PublicConfig } from '../config.ts';
import type { Store } from '../db/transaction.ts';
import { newId } from '../id.ts';
import { asRefusal } from './answer.ts';
import { isOnThisMachine } from './guard.ts';
import type { PublicAnswer, PublicEndpoint, PublicOffice, PublicRequest } from './public-endpoint.ts';
import { publicHeaders } from './security-headers.ts';
import { readTls, takeRenewed } from './tls.ts';

export type PublicParts = {
  store: Store;
  /** Where the outside world finds it; its port is known once it listens. */
  office: { url: string };
  endpoints: readonly PublicEndpoint[];
  /** Shown where something went wrong or too much was asked; knows nothing of who asks */
  sorry(status: number): PublicAnswer;
  /** What its pages look like: it stands in each of them. */
  style: string;
  logLevel: string;
} & Pick<PublicConfig, 'trustedProxies' | 'tls'>;

const usualBytes = 8 * 1024;
const usualPerMinute = 60;
const form = 'application/x-www-form-urlencoded';

/** The second listener. It is built from these endpoints alone and shares no route, cookie or header with the desk's. */
export function buildPublicServer(parts: PublicParts): FastifyInstance {
  const app = makePublicApp(parts);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, done) => done(null, String(body)));
  const headers = publicHeaders(parts.office.url.startsWith('https:'), parts.style);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  const office: PublicOffice = {
    store: parts.store,
    log: app.log,
    get url() {
      return parts.office.url;
    },
  };
  for (const one of parts.endpoints) addPublic(app, office, parts, one);
  app.setNotFoundHandler((_request, reply) => send(reply, parts.sorry(404)));
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) {
      const { name, code } = error as { name?: string; code?: string };
      request.log.error({ requestId: request.id, err: name, code }, 'a bug answered a public request');
    }
    return send(reply, parts.sorry(status));
  });
  return app;
}

function makePublicApp(parts: PublicParts): FastifyInstance {
  const options = {
    logger: {
      level: parts.logLevel,
      // Never a body, a query or a header
      serializers: {
        req: (request: FastifyRequest) => ({ method: request.method, path: request.url?.split('?')[0] }),
      },
    },
    genReqId: () => newId(),
    trustProxy: parts.trustedProxies ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: usualBytes,
    // Who sends letter by letter holds nothing open for long.
    requestTimeout: 15_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 5_000,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 100 },
  };
  if (!parts.tls) return Fastify(options);
  const files = { ...parts.tls, named: 'FRONTDESK_PUBLIC_TLS' };
  const app = Fastify({ ...options, https: { ...readTls(files), minVersion: 'TLSv1.2' } });
  takeRenewed(app.server, files, (error) =>
    app.log.error({ err: (error as Error).message }, 'the renewed public certificate is not used'),
  );
  return app;
}

function addPublic(
  app: FastifyInstance,
  office: PublicOffice,
  parts: PublicParts,
  one: PublicEndpoint,
): void {
  const slow = limiter(office.store.clock, one.perMinute ?? usualPerMinute);
  app.route({
    method: one.method,
    url: one.path,
    bodyLimit: one.bodyLimit ?? usualBytes,
    handler: async (request, reply) => {
      const asked = publicRequest(office.url, request);
      if (!slow(asked.address)) return send(reply.header('retry-after', '60'), parts.sorry(429));
      return send(reply, await one.handle(office, asked));
    },
  });
}

function publicRequest(url: string, request: FastifyRequest): PublicRequest {
  return {
    requestId: request.id,
    url: url + request.url,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.url.split('?')[1] ?? ''),
    form: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
    headers: request.headers,
    address: countedAs(request.ip),
    isOnThisMachine: isOnThisMachine(request),
  };
}

/** One household has 2^64 addresses of IPv6: its first half is who asks. */
export function countedAs(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function statusOf(error: unknown): number {
  const refusal = asRefusal(error);
  const byCode: Partial<Record<string, number>> = { 'too-many': 429, 'too-large': 413, unavailable: 503 };
  if (refusal) return byCode[refusal.code] ?? 400;
  const status = (error as { statusCode?: number })?.statusCode ?? 500;
  return status >= 400 && status < 500 ? status : 500;
}

function send(reply: { code(status: number): typeof reply } & PublicReply, answer: PublicAnswer) {
  reply.code(answer.status ?? 200).header('cache-control', 'no-store');
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
  return reply.type(answer.mediaType).send(answer.body);
}

type PublicReply = {
  header(name: string, value: string): PublicReply;
  type(mediaType: string): PublicReply;
  send(body: string): unknown;
};

/** So many requests of one address in a minute, counted in this process; the addresses of the last minute alone are kept. */
function limiter(clock: Clock, most: number): (address: string) => boolean {
  let minute = 0;
  let asked = new Map<string, number>();
  return (address) => {
    const now = Math.floor(clock.now().getTime() / 60_000);
    if (now !== minute) {
      minute = now;
      asked = new Map();
    }
    const count = (asked.get(address) ?? 0) + 1;
    asked.set(address, count);
    return count <= most;
  };
}
