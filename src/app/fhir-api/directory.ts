import type { Resource } from '@medplum/fhirtypes';
import { FhirProblem } from '../../fhir/outcome.ts';
import { fitsToken, idOfReference, type Search } from '../../fhir/search.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { type ServedType, searchableOf } from './capabilities.ts';
import { listIncluded } from './included.ts';
import { listLocations, listPractitioners, listSchedules } from './listed.ts';
import { answerPage, pageOf } from './paged.ts';

/** Searching what is short and all in hand. */

type Listed<R> = {
  type: ServedType;
  list(call: Call): Promise<R[]>;
  fits(one: R, search: Search): boolean;
  /** What it is sorted by, also where nothing was asked for. */
  keyOf(one: R): string;
};

function isActive(search: Search): boolean | null {
  const value = search.one('active');
  if (value !== null && value !== 'true' && value !== 'false')
    throw new FhirProblem(400, 'invalid', 'Give active as true or false.', { expression: 'http.active' });
  return value === null ? null : value === 'true';
}

const startsWord = (name: string, wanted: string) =>
  ` ${name.toLowerCase()}`.includes(` ${wanted.toLowerCase()}`);
const fitsId = (id: string | undefined, search: Search) =>
  search.any('_id')?.some((one) => one.toLowerCase() === id) ?? true;

const practitioners: Listed<Awaited<ReturnType<typeof listPractitioners>>[number]> = {
  type: 'Practitioner',
  list: listPractitioners,
  keyOf: (one) => `${one.name?.[0]?.family} ${one.name?.[0]?.given?.[0]}`.toLowerCase(),
  fits: (one, search) => {
    const name = search.one('name');
    const active = isActive(search);
    const tokens = search.tokens('identifier');
    const names = one.name?.flatMap((part) => [part.text, part.family, ...(part.given ?? [])]) ?? [];
    const hasOne = one.identifier?.some((own) => tokens?.some((token) => fitsToken(token, own))) ?? false;
    return (
      fitsId(one.id, search) &&
      (name === null || names.some((part) => startsWord(part ?? '', name))) &&
      (active === null || one.active === active) &&
      (!tokens || hasOne)
    );
  },
};

const locations: Listed<Awaited<ReturnType<typeof listLocations>>[number]> = {
  type: 'Location',
  list: listLocations,
  keyOf: (one) => (one.name ?? '').toLowerCase(),
  fits: (one, search) => {
    const name = search.one('name');
    const status = search.any('status');
    return (
      fitsId(one.id, search) &&
      (name === null || startsWord(one.name ?? '', name)) &&
      (status === null || status.includes(one.status ?? ''))
    );
  },
};

const schedules: Listed<Awaited<ReturnType<typeof listSchedules>>[number]> = {
  type: 'Schedule',
  list: listSchedules,
  keyOf: (one) => (one.actor?.[0]?.display ?? '').toLowerCase(),
  fits: (one, search) => {
    const active = isActive(search);
    const actors = search.any('actor')?.map((actor) => idOfReference(actor, 'Practitioner'));
    const own = one.actor?.map((actor) => actor.reference) ?? [];
    return (
      fitsId(one.id, search) &&
      (active === null || one.active === active) &&
      (!actors || actors.some((id) => id !== null && own.includes(`Practitioner/${id}`)))
    );
  },
};

function handlersOf<R extends Resource>({ type, list, fits, keyOf }: Listed<R>) {
  return {
    read: async (call: Call): Promise<FhirAnswer> => {
      const found = (await list(call)).find((one) => one.id === call.id);
      if (!found) throw calls.notHere(type.toLowerCase());
      return calls.answerRead(call, found);
    },
    search: async (call: Call): Promise<FhirAnswer> => {
      const search = calls.searchOf(call, searchableOf(type));
      const all = (await list(call)).filter((one) => fits(one, search));
      const sortKey = (one: R, name: string) => (name === '_id' ? (one.id ?? '') : keyOf(one));
      const page = pageOf(call, { type, search, all, keyOf: sortKey });
      const included = await listIncluded(call, search, page.resources);
      return answerPage(call, { type, search, included, ...page });
    },
  };
}

export const practitionerHandlers = handlersOf(practitioners);
export const locationHandlers = handlersOf(locations);
export const scheduleHandlers = handlersOf(schedules);
