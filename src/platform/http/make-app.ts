import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { newId } from '../id.ts';
import type { ServerParts } from './server.ts';
import { readTls, takeRenewed } from './tls.ts';

export function makeApp(parts: ServerParts): FastifyInstance {
  const options = {
    logger: {
      level: parts.logLevel,
      // Never a body, a query or a header: a request is its method, path and outcome.
      serializers: {
        req: (request: FastifyRequest) => ({ method: request.method, path: request.url?.split('?')[0] }),
      },
    },
    genReqId: () => newId(),
    trustProxy: parts.trustedProxies ?? false,
    // Requests are not logged one by one: the audit says who did what, the log what went wrong.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 100 },
  };
  if (!parts.tls) return Fastify(options);
  const app = Fastify({ ...options, https: { ...readTls(parts.tls), minVersion: 'TLSv1.2' } });
  takeRenewed(app.server, parts.tls, (error) =>
    app.log.error({ err: (error as Error).message }, 'the renewed certificate is not used'),
  );
  return app;
}
