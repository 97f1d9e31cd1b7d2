import type { Resource } from '@medplum/fhirtypes';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FhirProblem, type IssueCode, outcome } from '../../fhir/outcome.ts';
import { FhirFault } from '../../fhir/resources.ts';
import { asRefusal } from '../../platform/http/answer.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import { isTooDeep } from '../../platform/http/json-text.ts';
import type { Dialect } from '../../platform/http/route.ts';
import { type Refusal, type RefusalCode, refusalStatus } from '../../platform/refusal.ts';
import { capabilities } from './capabilities.ts';

/** How FHIR is spoken: its media type, its errors, and what it answers where there is nothing. */

const prefix = '/fhir/R4';
const mediaType = 'application/fhir+json';
export const patchType = 'application/json-patch+json';

/** A resource, for the OpenAPI document: FHIR itself says what is in it. */
export const AnyResource = z
  .looseObject({ resourceType: z.string() })
  .describe('a FHIR R4 resource: hl7.org/fhir/R4/resourcelist.html');
const Outcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.looseObject({ severity: z.string(), code: z.string(), details: z.object({ text: z.string() }) }),
  ),
});

const getCapabilities = endpoint({
  method: 'GET',
  path: `${prefix}/metadata`,
  summary: 'What this FHIR server can do (CapabilityStatement)',
  answer: AnyResource,
});

const issueOf: Record<RefusalCode, IssueCode> = {
  'not-signed-in': 'login',
  'not-permitted': 'forbidden',
  'needs-reason': 'required',
  'not-found': 'not-found',
  conflict: 'conflict',
  stale: 'conflict',
  'bad-input': 'invalid',
  'too-large': 'too-long',
  'too-many': 'throttled',
  unavailable: 'transient',
};

function say(reply: FastifyReply, status: number, resource: Resource, headers: Record<string, string> = {}) {
  reply.code(status).headers({ 'cache-control': 'no-store', ...headers });
  return reply.type(`${mediaType}; charset=utf-8`).send(JSON.stringify(resource));
}

function sayRefusal(reply: FastifyReply, refusal: Refusal) {
  // FHIR answers a stale If-Match with 412 (hl7.org/fhir/R4/http.html#concurrency).
  const status = refusal.code === 'stale' ? 412 : refusalStatus[refusal.code];
  const headers = {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(refusal.detail.retryAfterSeconds ? { 'retry-after': String(refusal.detail.retryAfterSeconds) } : {}),
  };
  return say(reply, status, outcome(issueOf[refusal.code], refusal.message), headers);
}

/** Every error is an OperationOutcome. Logs carry the request id and the error's kind, never its data. */
function sayError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof FhirProblem) {
    const { expression, headers, issue, message, status } = error;
    return say(reply, status, outcome(issue, message, { expression }), headers);
  }
  if (error instanceof FhirFault) {
    const message = `Look at ${error.path.slice(1) || 'the resource'}: it ${error.message}.`;
    return say(reply, 400, outcome('structure', message, { expression: error.path.slice(1) || undefined }));
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const message = `Send ${mediaType}. XML and other forms are not read here.`;
    return say(reply, 415, outcome('not-supported', message));
  }
  const refusal = asRefusal(error);
  if (refusal) return sayRefusal(reply, refusal);
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
    return say(reply, error.statusCode, outcome('invalid', 'The request could not be read. Check its form.'));
  const where = error.stack?.split('\n').slice(1, 6);
  request.log.error({ requestId: request.id, err: error.name, code: error.code, where }, 'a bug answered');
  const message = `Something went wrong here, and nothing was changed. Tell the manager this number: ${request.id}.`;
  return say(reply, 500, outcome('exception', message));
}

function readJson(text: string): unknown {
  if (text === '') return {};
  if (isTooDeep(text)) throw new FhirProblem(400, 'structure', 'This is nested too deep for a resource.');
  try {
    return JSON.parse(text);
  } catch {
    throw new FhirProblem(400, 'structure', 'The request is not JSON. Check commas, quotes and braces.');
  }
}

function readForm(text: string): Record<string, string[]> {
  const form = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) form.set(name, [...(form.get(name) ?? []), value]);
  return Object.fromEntries(form);
}

function addParser(scope: FastifyInstance, type: string, read: (text: string) => unknown): void {
  scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, read(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unread'));
    }
  });
}

const allowed: Record<string, { one: string; all: string }> = {
  Patient: { one: 'GET, PUT, PATCH', all: 'GET, POST' },
  Appointment: { one: 'GET, PUT, PATCH', all: 'GET, POST' },
  Practitioner: { one: 'GET', all: 'GET' },
  Location: { one: 'GET', all: 'GET' },
  Schedule: { one: 'GET', all: 'GET' },
  Slot: { one: 'GET', all: 'GET' },
};

function nothingHere(request: FastifyRequest): never {
  const [type = '', rest, more] = (request.url.split('?')[0] ?? '').slice(prefix.length + 1).split('/');
  const known = Object.hasOwn(allowed, type) ? allowed[type] : undefined;
  if (!known) {
    const types = Object.keys(allowed).join(', ');
    throw new FhirProblem(404, 'not-supported', `Not here. This server has ${types}, and /metadata.`);
  }
  if (more !== undefined || rest?.startsWith('$') || rest === '_history')
    throw new FhirProblem(404, 'not-supported', 'This is not done here. /metadata says what is.');
  const allow = rest === undefined ? known.all : rest === '_search' ? 'POST' : known.one;
  throw new FhirProblem(405, 'not-supported', `Use ${allow} at this address.`, { headers: { allow } });
}

/** What the client wants to read: JSON, or nothing in particular. */
function refuseForm(request: FastifyRequest): void {
  const query = z.object({ _format: z.string().optional() }).safeParse(request.query);
  const wanted = query.data?._format ?? request.headers.accept ?? '*/*';
  if (/json|\*\/\*|application\/\*/i.test(wanted)) return;
  throw new FhirProblem(406, 'not-supported', `This server answers ${mediaType} only. Ask for that.`);
}

function prepare(scope: FastifyInstance): void {
  scope.setErrorHandler<FastifyError>(sayError);
  scope.removeContentTypeParser('application/json');
  addParser(scope, 'application/json', readJson);
  addParser(scope, mediaType, readJson);
  addParser(scope, patchType, readJson);
  addParser(scope, 'application/x-www-form-urlencoded', readForm);
  scope.get(getCapabilities.path, (request, reply) => {
    refuseForm(request);
    return say(reply, 200, capabilities());
  });
  scope.all(`${prefix}/*`, (request) => nothingHere(request));
}

type Told = { status?: number; headers?: Record<string, string>; resource: Resource | null };

export const fhirDialect: Dialect = {
  prefix,
  mediaType,
  problem: { name: 'OperationOutcome', shape: Outcome },
  open: [getCapabilities],
  prepare,
  listen: refuseForm,
  send: (answer, _request, reply) => {
    const { status = 200, headers = {}, resource }: Told = JSON.parse(answer.toString('utf8'));
    if (status === 304) return reply.code(304).headers(headers).send();
    if (!resource)
      return reply
        .code(status)
        .headers({ 'cache-control': 'no-store', ...headers })
        .send();
    return say(reply, status, resource, headers);
  },
};
