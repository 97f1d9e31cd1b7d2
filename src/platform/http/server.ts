import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuditEntry } from '../audit/record.ts';
import type { Permission } from '../contributions.ts';
import { memoryOf } from '../db/memory.ts';
import { inTransaction, type Store } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import { noteSeen, type Session } from '../session/session.ts';
import { requirePermission, requireSession } from './admit.ts';
import { answerError } from './answer.ts';
import { getOpenApi, listenLive } from './api.ts';
import { factorRoutes } from './factor-routes.ts';
import { askGate, type Gate, raise, type Veil, veiled } from './gate.ts';
import { isLive } from './guard.ts';
import { claimKey, keepAnswer, requestHash } from './idempotency.ts';
import { isTooDeep } from './json-text.ts';
import type { LiveHub } from './live.ts';
import { makeApp } from './make-app.ts';
import { type Described, openApiDocument } from './openapi.ts';
import { Answer } from './packed-answer.ts';
import type { Route, RouteInput } from './route.ts';
import { securityHeaders } from './security-headers.ts';
import { SeenReads } from './seen.ts';
import { sessionRoutes } from './session-routes.ts';
import type { TlsFiles } from './tls.ts';

export type ServerParts = {
  store: Store;
  hub: LiveHub;
  routes: readonly Route[];
  catalog: readonly Permission[];
  /** Who may see whom; absent: whoever has the permission */
  gate?: Gate;
  version: string;
  /** Routes that take files (upload.ts), for the OpenAPI document. */
  besides?: readonly Described[];
  /** pino's level; `silent` in tests */
  logLevel: string;
  /** Whose X-Forwarded-* headers are believed; nobody's where absent */
  trustedProxies?: string;
  /** Where browsers find the office, e.g. https://desk.example.org; as each request says where absent */
  origin?: string;
  /** Answers by TLS with these; plainly where absent (a balancer in front, or this machine alone) */
  tls?: TlsFiles;
  /** Serves the browser's files; absent in tests of the API */
  serveWeb?(app: FastifyInstance): Promise<void>;
};

/** Build the HTTP server: security headers, sessions, every route with its permission, live events, OpenAPI. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = makeApp(parts);
  app.removeContentTypeParser('text/plain');
  // A POST without a body is a write without details.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body);
    if (isTooDeep(text)) return done(new Refusal('bad-input', 'The request is nested too deeply.'));
    try {
      done(null, text === '' ? {} : JSON.parse(text));
    } catch {
      done(new Refusal('bad-input', 'The request is not JSON. Check commas, quotes and braces.'));
    }
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  await app.register(cookie);
  const headers = securityHeaders(parts.tls !== undefined);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  sessionRoutes(app, parts);
  factorRoutes(app, parts);
  const seen = new SeenReads();
  for (const one of parts.routes) if (!one.dialect) addRoute(app, parts, seen, one);
  await addDialects(app, parts, seen);
  addLive(app, parts);
  const document = openApiDocument(parts.routes, parts.version, parts.besides);
  app.get(getOpenApi.path, async () => document);
  await parts.serveWeb?.(app);
  app.setNotFoundHandler((request, reply) =>
    answerError(new Refusal('not-found', 'There is nothing at this address.'), request, reply),
  );
  return app;
}

/** The routes of each dialect, in a scope of its own: its content types and errors are not the desk's. */
async function addDialects(app: FastifyInstance, parts: ServerParts, seen: SeenReads): Promise<void> {
  for (const dialect of new Set(parts.routes.flatMap((one) => one.dialect ?? []))) {
    await app.register(async (scope) => {
      dialect.prepare(scope);
      for (const one of parts.routes) if (one.dialect === dialect) addRoute(scope, parts, seen, one);
    });
  }
}

function addRoute(app: FastifyInstance, parts: ServerParts, seen: SeenReads, one: Route): void {
  const { endpoint } = one;
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    handler: async (request, reply) => {
      one.dialect?.listen(request);
      const found = await requireSession(parts, request);
      const session = await raise(parts, found, one);
      requirePermission(session, one.permission, parts.catalog);
      const input = {
        params: endpoint.params.parse(request.params) as object,
        query: endpoint.query.parse(request.query) as object,
        body: endpoint.body.parse(request.body ?? {}) as object,
        session,
        hidden: new Set<string>() as ReadonlySet<string>,
        headers: one.dialect ? request.headers : {},
        protocol: request.protocol,
      };
      if (!isLive(request)) await noteSeen(parts.store, session);
      const veil = await askGate(parts, one, input, request);
      if (veil) input.hidden = veil.hidden;
      const run = endpoint.kind === 'write' ? runWrite : one.remember ? runRemembered : runRead;
      const answer = await run({ parts, seen, one, input, session, request, reply, veil }).catch(
        (error: unknown) => {
          throw veil ? veiled(error, veil) : error;
        },
      );
      return one.dialect?.send(answer.text, request, reply) ?? send(request, reply, answer);
    },
  });
}

type Run = {
  parts: ServerParts;
  seen: SeenReads;
  one: Route;
  input: RouteInput;
  session: Session;
  request: FastifyRequest;
  reply: FastifyReply;
  veil: Veil | null;
};

async function runWrite({ parts, one, input, session, request, reply, veil }: Run): Promise<Answer> {
  const key = request.headers['idempotency-key'];
  if (key === undefined && one.dialect) return runKeyless({ one, input, session, request, parts, veil });
  if (typeof key !== 'string' || key.length < 8 || key.length > 64) {
    throw new Refusal(
      'bad-input',
      'Send an Idempotency-Key header of 8 to 64 characters, a new one for every intent.',
    );
  }
  const hash = requestHash(request.method, request.url, request.body);
  let earlier: Awaited<ReturnType<typeof claimKey>>;
  const answer = await inTransaction(
    parts.store,
    {
      practiceId: session.practiceId,
      actor: session.actor,
      requestId: request.id,
      last: async (tx, result) => {
        if (!earlier && !one.endpoint.secret) await keepAnswer(tx, key, result);
      },
    },
    async (tx) => {
      earlier = await claimKey(tx, key, hash);
      if (earlier && one.endpoint.secret)
        throw new Refusal('conflict', 'This was done already, and its answer was shown once.');
      return earlier ? earlier.answer : one.handle(tx, input);
    },
  );
  if (earlier) reply.header('idempotent-replay', 'true');
  return toAnswer(one, answer, veil);
}

/** A write whose sender knows no Idempotency-Key: what it must not do twice, the command refuses. */
async function runKeyless(
  run: Pick<Run, 'parts' | 'one' | 'input' | 'session' | 'request' | 'veil'>,
): Promise<Answer> {
  const { practiceId, actor } = run.session;
  const opening = { practiceId, actor, requestId: run.request.id };
  const work = (tx: Parameters<Route['handle']>[0]) => run.one.handle(tx, run.input);
  return toAnswer(run.one, await inTransaction(run.parts.store, opening, work), run.veil);
}

/** Told as the contract says it: what the schema does not name is left out. A dialect tells its own shapes. */
function toAnswer(
  { endpoint, dialect }: Route,
  answer: unknown,
  veil: Veil | null,
  reads: readonly AuditEntry[] = [],
): Answer {
  const told = dialect ? answer : endpoint.answer.parse(answer);
  return new Answer(Buffer.from(JSON.stringify(veil ? veil.over(told) : told)), reads);
}

async function runRead({ parts, seen, one, input, session, request, veil }: Run): Promise<Answer> {
  const live = isLive(request);
  const answer = await inTransaction(
    parts.store,
    {
      practiceId: session.practiceId,
      actor: session.actor,
      requestId: request.id,
      readOnly: true,
      filterReads: (reads) => seen.filter(session.sessionId, reads, live),
    },
    (tx) => one.handle(tx, input),
  );
  return toAnswer(one, answer, veil);
}

/** As runRead, where the same answer was or is being made for another desk: everyone is audited for what they see. */
async function runRemembered(run: Run): Promise<Answer> {
  const { parts, seen, one, input, session, request, veil } = run;
  const { store } = parts;
  const { practiceId } = session;
  const of = one.remember?.(input) ?? null;
  const minute = Math.floor(store.clock.now().getTime() / 60_000);
  const entry = { practiceId, of, weigh: (made: Answer) => made.size };
  const answer = await memoryOf(store.source).find(
    `${minute} ${veil?.key ?? ''} ${request.url}`,
    entry,
    async () => {
      let reads: AuditEntry[] = [];
      const opening = { practiceId, actor: session.actor, requestId: request.id, readOnly: true };
      const made = await inTransaction(
        store,
        {
          ...opening,
          filterReads: (own) => {
            reads = own.map(({ entry }) => entry);
            return [];
          },
        },
        (tx) => one.handle(tx, input),
      );
      return toAnswer(one, made, veil, reads);
    },
  );
  const { accountId, staffId } = session.actor;
  const who = { accountId, staffId, requestId: request.id };
  const reads = answer.reads.map((entry) => ({ who, at: store.clock.now(), entry }));
  const unseen = seen.filter(session.sessionId, reads, isLive(request));
  if (unseen.length > 0) await store.readAudit(practiceId, unseen);
  return answer;
}

async function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  reply.type('application/json; charset=utf-8');
  if (!answer.isLarge) return reply.send(answer.text);
  reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply.send(answer.text);
  return reply.header('content-encoding', 'gzip').send(await answer.gzipped());
}

function addLive(app: FastifyInstance, parts: ServerParts): void {
  app.get(listenLive.path, async (request, reply) => {
    const session = await requireSession(parts, request);
    const lastEventId = request.headers['last-event-id'];
    parts.hub.listen(reply, session.practiceId, typeof lastEventId === 'string' ? lastEventId : undefined);
  });
}
