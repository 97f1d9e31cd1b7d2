import { z } from 'zod';
import { results } from '../../fhir/search.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import type { Route } from '../../platform/http/route.ts';
import { type Call, type FhirAnswer, fhirRoute } from './call.ts';
import { namesOf, type ServedType } from './capabilities.ts';
import { AnyResource, fhirDialect, patchType } from './dialect.ts';
import * as directory from './directory.ts';
import * as openings from './openings.ts';
import * as people from './people.ts';
import { searchPeople } from './people-search.ts';
import { readRelated, searchRelated } from './related.ts';
import { patchVisit, updateVisit } from './visit-changes.ts';
import { searchVisits } from './visit-search.ts';
import * as visits from './visits.ts';

/** FHIR R4 for other programs: the same commands, queries, permissions and audit as the desk's. */

const params = z.object({ id: z.string().max(100) });
const Values = z.union([z.string().max(2000), z.array(z.string().max(2000)).max(50)]);
const paging = [...results, '_format'];
const parameters = (names: readonly string[]) =>
  z.looseObject(Object.fromEntries([...names, ...paging].map((name) => [name, Values.optional()])));
const Body = z.looseObject(
  { resourceType: z.string('is no text.').max(100, 'is too long.').optional() },
  'send one resource, a JSON object.',
);
const Any = z.looseObject({});
const Operations = z.array(z.unknown(), 'send a list of JSON Patch operations.');

type Handler = (call: Call) => Promise<FhirAnswer>;

function readOf(type: ServedType, permission: string, handle: Handler): Route {
  const path = `${fhirDialect.prefix}/${type}/:id`;
  const summary = `Read one ${type}`;
  return fhirRoute(
    endpoint({ method: 'GET', path, summary, params, query: Any, answer: AnyResource }),
    permission,
    handle,
  );
}

/** By GET, as the standard needs; by POST, so that no name stands in an address. */
function searchOf(type: ServedType, permission: string, handle: Handler): Route[] {
  const path = `${fhirDialect.prefix}/${type}`;
  const shape = parameters(namesOf(type));
  const summary = `Search ${type}`;
  return [
    fhirRoute(
      endpoint({ method: 'GET', path, summary, query: shape, answer: AnyResource }),
      permission,
      handle,
    ),
    fhirRoute(
      endpoint({
        method: 'POST',
        path: `${path}/_search`,
        summary: `${summary}; the parameters in a form`,
        kind: 'read',
        query: Any,
        body: shape,
        answer: AnyResource,
      }),
      permission,
      handle,
    ),
  ];
}

type Write = [permission: string, handle: Handler];

function writeOf(
  type: ServedType,
  { create, update, patch }: { create: Write; update: Write; patch: Write },
): Route[] {
  const path = `${fhirDialect.prefix}/${type}`;
  const write = { body: Body, query: Any, answer: AnyResource };
  const made = endpoint({ method: 'POST', path, summary: `Create a ${type}`, ...write });
  const changed = endpoint({
    method: 'PUT',
    path: `${path}/:id`,
    summary: `Update a ${type}; If-Match says which version was seen`,
    params,
    ...write,
  });
  const patched = endpoint({
    method: 'PATCH',
    path: `${path}/:id`,
    summary: `Change parts of a ${type} by JSON Patch (RFC 6902)`,
    params,
    query: Any,
    body: Operations,
    bodyType: patchType,
    answer: AnyResource,
  });
  return [fhirRoute(made, ...create), fhirRoute(changed, ...update), fhirRoute(patched, ...patch)];
}

const operation = `${fhirDialect.prefix}/Appointment`;
const findSummary = 'Times that can be booked, as proposed Appointments';
const wishes = parameters(['start', 'end', 'practitioner', 'location', 'patient', 'service-type']);
const operations: readonly Route[] = [
  fhirRoute(
    endpoint({
      method: 'GET',
      path: `${operation}/$find`,
      summary: findSummary,
      query: wishes,
      answer: AnyResource,
    }),
    'visits.see',
    openings.findOpenings,
  ),
  fhirRoute(
    endpoint({
      method: 'POST',
      path: `${operation}/$find`,
      summary: findSummary,
      kind: 'read',
      query: Any,
      body: Body,
      answer: AnyResource,
    }),
    'visits.see',
    openings.findOpenings,
  ),
  fhirRoute(
    endpoint({
      method: 'POST',
      path: `${operation}/$book`,
      summary: 'Book a time that $find proposed; of several who ask at once, one gets it',
      query: Any,
      body: Body,
      answer: AnyResource,
    }),
    'visits.book',
    openings.bookOpening,
  ),
];

export const fhirRoutes: readonly Route[] = [
  readOf('Patient', 'patients.open', people.readPerson),
  ...searchOf('Patient', 'patients.search', searchPeople),
  ...writeOf('Patient', {
    create: ['patients.register', people.createPerson],
    update: ['patients.change', people.updatePerson],
    patch: ['patients.change', people.patchPerson],
  }),
  readOf('RelatedPerson', 'patients.open', readRelated),
  ...searchOf('RelatedPerson', 'patients.open', searchRelated),
  readOf('Practitioner', 'practice.see', directory.practitionerHandlers.read),
  ...searchOf('Practitioner', 'practice.see', directory.practitionerHandlers.search),
  readOf('Location', 'practice.see', directory.locationHandlers.read),
  ...searchOf('Location', 'practice.see', directory.locationHandlers.search),
  readOf('Schedule', 'visits.see', directory.scheduleHandlers.read),
  ...searchOf('Schedule', 'visits.see', directory.scheduleHandlers.search),
  readOf('Slot', 'visits.see', openings.readSlot),
  ...searchOf('Slot', 'visits.see', openings.searchSlots),
  ...operations,
  readOf('Appointment', 'visits.see', visits.readVisit),
  ...searchOf('Appointment', 'visits.see', searchVisits),
  ...writeOf('Appointment', {
    create: ['visits.book', visits.createVisit],
    // Each step asks for its own permission as well.
    update: ['visits.see', updateVisit],
    patch: ['visits.see', patchVisit],
  }),
];
