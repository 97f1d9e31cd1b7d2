import { createHash } from 'node:crypto';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import { z } from 'zod';
import { cannotKeep, FhirProblem } from '../../fhir/outcome.ts';
import { type Given, isUuid, Search, type Searchable } from '../../fhir/search.ts';
import { isPart, showPart } from '../../fhir/shown.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Endpoint } from '../../platform/http/endpoint.ts';
import type { Route } from '../../platform/http/route.ts';
import { fhirDialect } from './dialect.ts';
import { openPage } from './paging.ts';

/** What a FHIR request asks, as the handlers of this folder read it. */
export type Call = {
  tx: Tx;
  /** `http://host/fhir/R4`, for absolute addresses. */
  base: string;
  /** The id of the address. */
  id: string;
  given: Given;
  /** A search by POST: what it asks may not stand in an address. */
  isPost: boolean;
  strict: boolean;
  body: Record<string, unknown>;
  /** The body of a PATCH, unread. */
  patch: unknown;
  headers: Readonly<Record<string, string | undefined>>;
  session: { sessionId: string; timeZone: string };
  /** Whose records the asking program may not open. */
  hidden: ReadonlySet<string>;
};

export type FhirAnswer = {
  status?: number;
  headers?: Record<string, string>;
  /** null: no body */
  resource: Resource | null;
};

type Values = Record<string, unknown>;

/** A sealed page carries all that was asked, and the names at which it goes on. */
const longestValue = 8000;

function pairsOf(values: Values): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) => {
    const all = z
      .array(z.string().max(longestValue))
      .max(50)
      .safeParse(Array.isArray(value) ? value : [value]);
    if (!all.success) throw new FhirProblem(400, 'invalid', 'Send search parameters as texts.');
    return all.data.map((one): [string, string] => [name, one]);
  });
}

/** A route that speaks FHIR; `handle` answers a resource, with a status and headers where they differ. */
export function fhirRoute(
  endpoint: Endpoint,
  permission: string,
  handle: (call: Call) => Promise<FhirAnswer>,
): Route {
  const isSearch = endpoint.path.endsWith('/_search');
  return {
    endpoint,
    permission,
    dialect: fhirDialect,
    handle: (tx, input) => {
      const headers = Object.fromEntries(
        Object.entries(input.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
      );
      const params = z.object({ id: z.string().default('') }).parse(input.params);
      const body = Array.isArray(input.body) ? {} : z.record(z.string(), z.unknown()).parse(input.body);
      const asked = [...pairsOf(input.query as Values), ...(isSearch ? pairsOf(body) : [])];
      const page = asked.find(([name]) => name === '_page')?.[1];
      const { sessionId, timeZone } = input.session;
      return handle({
        tx,
        base: `${input.protocol}://${headers.host ?? 'localhost'}${fhirDialect.prefix}`,
        id: isUuid(params.id) ? params.id.toLowerCase() : params.id,
        given: page === undefined ? asked : openPage(page, sessionId),
        isPost: isSearch || page !== undefined,
        strict: /handling\s*=\s*strict/i.test(headers.prefer ?? ''),
        body,
        patch: input.body,
        headers,
        session: { sessionId, timeZone },
        hidden: input.hidden,
      });
    },
  };
}

export const searchOf = (call: Call, searchable: Searchable) =>
  new Search(call.given, searchable, call.strict);

export const etag = (version: string | undefined) => `W/"${version ?? '1'}"`;

/** What has no version of its own (a slot is taken, a horizon moves on) is told apart by what it says. */
const digest = (resource: Resource) =>
  createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22);
const isVersioned = ({ resourceType }: Resource) =>
  resourceType === 'Patient' || resourceType === 'Appointment';

/** The headers of one resource: its version, when it changed, and where it is. */
export function headersOf(resource: Resource): Record<string, string> {
  const { versionId, lastUpdated } = resource.meta ?? {};
  return {
    etag: etag(isVersioned(resource) ? versionId : digest(resource)),
    ...(lastUpdated ? { 'last-modified': new Date(lastUpdated).toUTCString() } : {}),
  };
}

/** One resource, or as much of it as was asked for. */
export function answerRead(call: Call, resource: Resource): FhirAnswer {
  const headers = headersOf(resource);
  const isSame = call.headers['if-none-match'] === headers.etag;
  const shown = searchOf({ ...call, strict: false }, { parameters: {}, sorts: [], includes: [] });
  return { status: isSame ? 304 : 200, headers, resource: showPart(resource, shown) };
}

/** A write's answer, as whole as the client prefers it (hl7.org/fhir/R4/http.html#ops). */
export function answerWritten(call: Call, resource: Resource, status: 200 | 201): FhirAnswer {
  const location = `${call.base}/${resource.resourceType}/${resource.id}`;
  const headers = { ...headersOf(resource), ...(status === 201 ? { location } : {}) };
  const [, wanted = ''] = /return\s*=\s*"?(\w+)/i.exec(call.headers.prefer ?? '') ?? [];
  switch (wanted.toLowerCase()) {
    case 'minimal':
      return { status, headers, resource: null };
    case 'operationoutcome':
      return { status, headers, resource: done };
    default:
      return { status, headers, resource };
  }
}

const done: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'information', code: 'informational', details: { text: 'Done.' } }],
};

export const notHere = (type: string) =>
  new FhirProblem(404, 'not-found', `This ${type} is not here. Search for it, it may have another id.`);

/** The version that the client saw: `If-Match: W/"3"`, else the resource's own meta.versionId. */
export function seenVersion(call: Call): number {
  const meta = z.object({ versionId: z.string().optional() }).safeParse(call.body.meta);
  const header = call.headers['if-match'];
  const told = header?.match(/^(?:W\/)?"(\d{1,9})"$/)?.[1] ?? (header ? undefined : meta.data?.versionId);
  if (told && /^\d{1,9}$/.test(told) && Number(told) > 0) return Number(told);
  throw new FhirProblem(
    400,
    'required',
    'Say which version you saw: If-Match: W/"3", from the ETag of your last read.',
  );
}

/** The body as a resource of this type and, for an update, with the id of the address. */
export function refuseOther(call: Call, type: string): void {
  const { resourceType, id } = call.body;
  if (resourceType !== type)
    throw new FhirProblem(400, 'structure', `Send a resource of type ${type} here.`, {
      expression: 'resourceType',
    });
  if (isPart(call.body))
    throw cannotKeep(`${type}.meta.tag`, 'This is a part of a resource. Read it whole, then send it back.');
  if (call.id !== '' && id !== undefined && String(id).toLowerCase() !== call.id)
    throw new FhirProblem(400, 'invalid', 'The id of the resource is not that of the address.', {
      expression: `${type}.id`,
    });
}

/** `If-None-Exist: identifier=…` as search parameters; null when it is not sent. */
export function onlyUnless(call: Call): Given | null {
  const header = call.headers['if-none-exist'];
  if (header === undefined) return null;
  const query = header.slice(header.indexOf('?') + 1);
  const given = [...new URLSearchParams(query)].map(([name, value]): [string, string] => [name, value]);
  if (given.length === 0) throw new FhirProblem(400, 'invalid', 'Give If-None-Exist as name=value.');
  return given;
}

export const severalExist = () =>
  new FhirProblem(412, 'multiple-matches', 'More than one fits If-None-Exist. Ask more narrowly.');
