import type { Resource } from '@medplum/fhirtypes';
import { toPractitioner, toSiteLocation } from '../../features/practice/exchange/fhir.ts';
import { listStaffIdentifiers } from '../../features/practice/exchange/queries.ts';
import { listSites, listStaff } from '../../features/practice/queries.ts';
import { toRoomLocation, toSchedule } from '../../features/schedule/exchange/fhir.ts';
import { listResources } from '../../features/schedule/setup/queries.ts';
import { FhirProblem } from '../../fhir/outcome.ts';
import { idOfReference, type Search, tokenOf } from '../../fhir/search.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { namesOf, type ServedType } from './capabilities.ts';
import { answerWhole } from './paged.ts';

/** Who works here, where, and whose calendars there are: short lists, filtered in hand. */

async function listPractitioners({ tx }: Call) {
  const known = await listStaffIdentifiers(tx.db);
  const staff = await listStaff(tx.db);
  return staff.map((one) =>
    toPractitioner(
      one,
      known.filter((other) => other.staffId === one.staffId),
    ),
  );
}

async function listLocations({ tx }: Call) {
  const sites = await listSites(tx.db);
  const rooms = (await listResources(tx.db)).filter((one) => one.kind === 'room');
  return [...sites.map(toSiteLocation), ...rooms.map(toRoomLocation)];
}

async function listSchedules({ tx, session }: Call) {
  const physicians = (await listResources(tx.db)).filter((one) => one.kind === 'physician');
  return physicians.map((one) => toSchedule(one, tx.now, session.timeZone));
}

type Listed<R> = { type: ServedType; list(call: Call): Promise<R[]>; fits(one: R, search: Search): boolean };

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
  fits: (one, search) => {
    const name = search.one('name');
    const active = isActive(search);
    const tokens = search.any('identifier')?.map(tokenOf);
    const names = one.name?.flatMap((part) => [part.text, part.family, ...(part.given ?? [])]) ?? [];
    const hasOne = (tokens ?? []).some(({ system, value }) =>
      one.identifier?.some((own) => own.value === value && (system === null || own.system === system)),
    );
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

function handlersOf<R extends Resource>({ type, list, fits }: Listed<R>) {
  return {
    read: async (call: Call): Promise<FhirAnswer> => {
      const found = (await list(call)).find((one) => one.id === call.id);
      if (!found) throw calls.notHere(type.toLowerCase());
      return calls.answerRead(call, found);
    },
    search: async (call: Call): Promise<FhirAnswer> => {
      const search = calls.searchOf(call, namesOf(type));
      const resources = (await list(call)).filter((one) => fits(one, search));
      return answerWhole(call, { type, search, resources });
    },
  };
}

export const practitionerHandlers = handlersOf(practitioners);
export const locationHandlers = handlersOf(locations);
export const scheduleHandlers = handlersOf(schedules);
