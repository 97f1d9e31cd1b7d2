import { statusOf, toAppointment } from '../../features/schedule/exchange/fhir.ts';
import type { Participants, VisitSearch, VisitSort } from '../../features/schedule/exchange/queries.ts';
import { countVisits, listAppointmentFacts, listVisitIds } from '../../features/schedule/exchange/queries.ts';
import { listResources } from '../../features/schedule/setup/queries.ts';
import { listVisitsById } from '../../features/schedule/visits/queries.ts';
import { visitStates } from '../../features/schedule/visits/schema.ts';
import { FhirProblem } from '../../fhir/outcome.ts';
import { idOfReference, isUuid, type Search } from '../../fhir/search.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { listIncluded } from './included.ts';
import { afterOf, answerPage } from './paged.ts';

/** Visits by what a program asks, in FHIR's words. */

/** The calendars of these staff members; of nobody here: none. */
export async function physiciansOf(tx: Tx, staffIds: readonly (string | null)[]): Promise<string[]> {
  const all = await listResources(tx.db);
  return all.filter((one) => one.staffId && staffIds.includes(one.staffId)).map((one) => one.resourceId);
}

const idsOf = (values: readonly string[], type: string) =>
  values.flatMap((one) => idOfReference(one, type) ?? []);

/** A Location is a site or a room. */
async function placesOf(tx: Tx, ids: readonly string[]): Promise<Participants> {
  const rooms = (await listResources(tx.db)).filter((one) => one.kind === 'room');
  const roomIds = ids.filter((id) => rooms.some((room) => room.resourceId === id));
  const siteIds = ids.filter((id) => !roomIds.includes(id));
  return { ...(siteIds.length > 0 ? { siteIds } : {}), ...(roomIds.length > 0 ? { roomIds } : {}) };
}

/** `actor` may be anyone and anything; an id without a type is looked for in all of them. */
async function participantsOf(tx: Tx, search: Search): Promise<Participants[]> {
  const all: Participants[] = [];
  const [patients, staff] = [search.any('patient'), search.any('practitioner')];
  const [places, actors] = [search.any('location'), search.any('actor')];
  if (patients) all.push({ patientIds: idsOf(patients, 'Patient') });
  if (staff) all.push({ physicianIds: await physiciansOf(tx, idsOf(staff, 'Practitioner')) });
  if (places) all.push(await placesOf(tx, idsOf(places, 'Location')));
  if (!actors) return all;
  const patientIds = idsOf(actors, 'Patient');
  const physicianIds = await physiciansOf(tx, idsOf(actors, 'Practitioner'));
  return [
    ...all,
    {
      ...(patientIds.length > 0 ? { patientIds } : {}),
      ...(physicianIds.length > 0 ? { physicianIds } : {}),
      ...(await placesOf(tx, idsOf(actors, 'Location'))),
    },
  ];
}

function statesOf(search: Search): VisitSearch['states'] {
  const [wanted, unwanted] = [search.any('status'), search.any('status:not')];
  const known = new Set<string>(Object.values(statusOf));
  const strange = [...(wanted ?? []), ...(unwanted ?? [])].some((one) => !known.has(one));
  if (strange)
    throw new FhirProblem(400, 'invalid', `Give status as one of ${[...known].join(', ')}.`, {
      expression: 'http.status',
    });
  if (!wanted && !unwanted) return null;
  return visitStates.filter(
    (state) => (wanted?.includes(statusOf[state]) ?? true) && !(unwanted?.includes(statusOf[state]) ?? false),
  );
}

async function wishOf(call: Call, search: Search): Promise<VisitSearch> {
  const date = search.range('date', call.session.timeZone);
  return {
    ids: search.any('_id')?.filter(isUuid) ?? null,
    participants: await participantsOf(call.tx, search),
    states: statesOf(search),
    fromAt: date.fromMs === null ? null : new Date(date.fromMs),
    toAt: date.toMs === null ? null : new Date(date.toMs),
  };
}

const columnOf: Record<string, VisitSort['by']> = { date: 'start', _lastUpdated: 'changed', _id: 'id' };

/** What visits are sorted by: what was asked, else their start; then their ids. */
function sortsOf({ sorts }: Search, wish: VisitSearch): VisitSort[] {
  const asked = sorts.length > 0 ? sorts : [{ name: 'date', descending: false }];
  const all = asked.flatMap(({ name, descending }): VisitSort[] => {
    const by = columnOf[name];
    return by ? [{ by, descending }] : [];
  });
  const isWide = !wish.ids && wish.participants.length === 0 && !wish.fromAt && !wish.toAt;
  // When a visit was changed is in its steps: of every visit that ever was, that is looked up too often.
  if (isWide && all.some(({ by }) => by === 'changed'))
    throw new FhirProblem(
      400,
      'too-costly',
      'To sort by _lastUpdated, ask more narrowly: by date, patient, practitioner, location or _id.',
      { expression: 'http._sort' },
    );
  const byId = all.findIndex(({ by }) => by === 'id');
  return byId < 0 ? [...all, { by: 'id', descending: false }] : all.slice(0, byId + 1);
}

/** At most two visits that fit: whether one is here already. */
export async function listFitting(call: Call, search: Search): Promise<string[]> {
  const page = { sorts: [{ by: 'id', descending: false }] as const, after: null, offset: 0, counted: false };
  const { found } = await listVisitIds(call.tx.db, await wishOf(call, search), { ...page, limit: 2 });
  return found.map((one) => one.visitId);
}

async function listPage(call: Call, search: Search) {
  const { db } = call.tx;
  const wish = await wishOf(call, search);
  const counted = search.total !== 'none';
  if (search.count === 0) return { found: [], total: counted ? await countVisits(db, wish) : null };
  // One more than shown tells whether there is a next page.
  const page = {
    after: afterOf(call, 'Appointment', search),
    limit: search.count + 1,
    offset: search.offset,
    counted,
  };
  return listVisitIds(db, wish, { sorts: sortsOf(search, wish), ...page });
}

export async function searchVisits(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  const search = calls.searchOf(call, searchableOf('Appointment'));
  const { found, total } = await listPage(call, search);
  const shown = found.slice(0, search.count);
  const ids = shown.map((one) => one.visitId);
  const facts = await listAppointmentFacts(tx.db, ids);
  const visits = new Map((await listVisitsById(tx.db, ids)).map((visit) => [visit.visitId, visit]));
  if (ids.length > 0) tx.audit({ action: 'visits.listed', subjectKind: 'visit', subjectIds: ids });
  const resources = ids.flatMap((id) => {
    const [visit, own] = [visits.get(id), facts.get(id)];
    return visit && own ? [toAppointment(visit, own)] : [];
  });
  const after = found.length > shown.length ? (shown.at(-1)?.keys ?? null) : null;
  const included = await listIncluded(call, search, resources);
  return answerPage(call, { type: 'Appointment', search, resources, included, total, after });
}
