import { z } from 'zod';
import * as factors from '../session/factors/api.ts';
import * as own from './api.ts';
import { type Endpoint, ErrorAnswer } from './endpoint.ts';
import type { Dialect, Route } from './route.ts';

export type Described = {
  endpoint: Endpoint;
  permission: string;
  dialect?: Dialect;
  /** It takes a file of this media type as it is; a repeat is another file, so it has no Idempotency-Key. */
  file?: string;
  /** The media type of its answer, where that is no JSON. */
  answerType?: string;
};

/** The platform's own routes: `public` needs no session, `own-session` any, also a locked one. */
const platformRoutes: readonly Described[] = [
  { endpoint: own.getHealth, permission: 'public' },
  { endpoint: own.getOpenApi, permission: 'public' },
  { endpoint: own.getSession, permission: 'public' },
  { endpoint: own.signIn, permission: 'public' },
  { endpoint: own.signInToDemo, permission: 'public' },
  { endpoint: own.lockDesk, permission: 'own-session' },
  { endpoint: own.unlockDesk, permission: 'own-session' },
  { endpoint: own.signOut, permission: 'own-session' },
  { endpoint: own.changeOwnPassword, permission: 'own-session' },
  { endpoint: factors.askForPasskey, permission: 'public' },
  { endpoint: factors.signInByPasskey, permission: 'public' },
  ...[
    factors.unlockByPasskey,
    factors.getOwnFactors,
    factors.beginAuthenticator,
    factors.confirmAuthenticator,
    factors.removeAuthenticator,
    factors.renewRecoveryCodes,
    factors.beginPasskey,
    factors.addPasskey,
    factors.renamePasskey,
    factors.removePasskey,
    factors.seeReset,
  ].map((endpoint) => ({ endpoint, permission: 'own-session' })),
  { endpoint: own.listenLive, permission: 'signed-in' },
];
const withoutKey = new Set(['public', 'own-session']);

const unrepresentable = { unrepresentable: 'any', io: 'input' } as const;

function jsonSchema(shape: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { ...unrepresentable, io }) as Record<
    string,
    unknown
  >;
  return schema;
}

type ObjectSchema = { properties?: Record<string, unknown>; required?: string[] };

function parameters(where: 'path' | 'query', shape: z.ZodType) {
  const schema = jsonSchema(shape, 'input') as ObjectSchema;
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || (schema.required ?? []).includes(name),
    schema: property,
  }));
}

const idempotencyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'One per intent: a repeat answers as the first did.',
  schema: { type: 'string', minLength: 8, maxLength: 64 },
};

function answers(route: Described) {
  const mediaType = route.dialect?.mediaType ?? 'application/json';
  const shape = route.dialect?.problem.name ?? 'ErrorAnswer';
  const problem = { [mediaType]: { schema: { $ref: `#/components/schemas/${shape}` } } };
  const refusal = (description: string) => ({ description, content: problem });
  return {
    200: {
      description: 'Done',
      content: { [route.answerType ?? mediaType]: { schema: jsonSchema(route.endpoint.answer, 'output') } },
    },
    400: refusal('Something in the request has to change; `fields` says what.'),
    401: refusal('Not signed in, or locked.'),
    403: refusal('This person may not do it.'),
    404: refusal('Not here.'),
    ...(route.endpoint.kind === 'write'
      ? {
          409: refusal(
            'In the way of something else, or a stale version; `current` and `offers` show the way on.',
          ),
        }
      : {}),
    429: refusal('Too many tries.'),
  };
}

function operation(route: Described) {
  const { endpoint } = route;
  const hasBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
  return {
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[2] ?? 'office'],
    'x-permission': route.permission,
    'x-kind': endpoint.kind,
    security: route.permission === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
    parameters: [
      ...parameters('path', endpoint.params),
      ...parameters('query', endpoint.query),
      ...(endpoint.kind === 'write' && !withoutKey.has(route.permission) && route.file === undefined
        ? [{ ...idempotencyHeader, required: route.dialect === undefined }]
        : []),
    ],
    ...(hasBody
      ? {
          requestBody: {
            required: true,
            content: {
              [route.file ?? endpoint.bodyType ?? route.dialect?.mediaType ?? 'application/json']: {
                schema: route.file ? { type: 'string' } : jsonSchema(endpoint.body, 'input'),
              },
            },
          },
        }
      : {}),
    responses: answers(route),
  };
}

/** The OpenAPI 3.1 document of the platform's and these routes: request, answers, errors and permission of every one. */
export function openApiDocument(
  routes: readonly Route[],
  version: string,
  besides: readonly Described[] = [],
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  const dialects = [...new Set(routes.flatMap((route) => route.dialect ?? []))];
  const open = dialects.flatMap((dialect) =>
    dialect.open.map((endpoint) => ({ endpoint, permission: 'public', dialect })),
  );
  for (const route of [...platformRoutes, ...open, ...besides, ...routes]) {
    const path = route.endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.endpoint.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Frontdesk', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: {
        ErrorAnswer: jsonSchema(ErrorAnswer, 'output'),
        ...Object.fromEntries(
          dialects.map(({ problem }) => [problem.name, jsonSchema(problem.shape, 'output')]),
        ),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'frontdesk_session' },
      },
    },
  };
}
