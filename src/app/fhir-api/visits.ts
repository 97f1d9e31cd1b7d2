import type { Appointment } from '@medplum/fhirtypes';
import { statusOf, toAppointment } from '../../features/schedule/exchange/fhir.ts';
import { findSiteAt, listAppointmentFacts, listVisitIds } from '../../features/schedule/exchange/queries.ts';
import { listResources, listVisitTypes } from '../../features/schedule/setup/queries.ts';
import { confirmVisit } from '../../features/schedule/steps/commands.ts';
import { bookVisit } from '../../features/schedule/visits/commands.ts';
import { findVisit, listVisitsById } from '../../features/schedule/visits/queries.ts';
import { type Visit, visitStates } from '../../features/schedule/visits/schema.ts';
import { cannotKeep, FhirProblem } from '../../fhir/outcome.ts';
import { idOfReference, isUuid, type Search } from '../../fhir/search.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { namesOf } from './capabilities.ts';
import { answerPage } from './paged.ts';
import {
  acceptedOf,
  actorsOf,
  type FhirAppointment,
  readAppointment,
  timesOf,
  typeOf,
} from './visit-shape.ts';

export async function toResource(tx: Tx, visit: Visit): Promise<Appointment> {
  const facts = (await listAppointmentFacts(tx.db, [visit.visitId])).get(visit.visitId);
  return toAppointment(visit, facts ?? { code: '', staffId: null, lastUpdated: null });
}

/** The calendars of these staff members; of nobody here: none. */
export async function physiciansOf(tx: Tx, staffIds: readonly (string | null)[]): Promise<string[]> {
  const all = await listResources(tx.db);
  return all.filter((one) => one.staffId && staffIds.includes(one.staffId)).map((one) => one.resourceId);
}

async function readWish(call: Call, search: Search) {
  const ids = (name: string, type: string) =>
    search.any(name)?.flatMap((one) => idOfReference(one, type) ?? []) ?? null;
  const statuses = search.any('status');
  const known = new Set<string>(Object.values(statusOf));
  const strange = statuses?.some((one) => !known.has(one));
  if (strange)
    throw new FhirProblem(400, 'invalid', `Give status as one of ${[...known].join(', ')}.`, {
      expression: 'http.status',
    });
  const actors = search.any('actor');
  const actor = (type: string) => actors?.flatMap((one) => idOfReference(one, type) ?? []) ?? [];
  const staffIds = ids('practitioner', 'Practitioner') ?? (actors ? actor('Practitioner') : null);
  const date = search.range('date', call.session.timeZone);
  return {
    ids: search.any('_id')?.filter(isUuid) ?? null,
    patientIds: ids('patient', 'Patient'),
    physicianIds: staffIds && (await physiciansOf(call.tx, staffIds)),
    siteIds: ids('location', 'Location'),
    states: statuses ? visitStates.filter((state) => statuses.includes(statusOf[state])) : null,
    fromAt: date.fromMs === null ? null : new Date(date.fromMs),
    toAt: date.toMs === null ? null : new Date(date.toMs),
    actors: actors && { patientIds: actor('Patient'), siteIds: actor('Location') },
  };
}

/** `actor` names one kind at a time, by its type: people of the office, patients or places. */
async function findIds(call: Call, search: Search) {
  const { actors, ...wish } = await readWish(call, search);
  const page = { limit: search.count, offset: search.offset };
  const isOf = (part: string[] | undefined) => (part && part.length > 0 ? part : null);
  const [patients, sites] = [isOf(actors?.patientIds), isOf(actors?.siteIds)];
  const byOther = patients ?? sites;
  return listVisitIds(call.tx.db, {
    ...wish,
    ...page,
    ...(byOther && wish.physicianIds?.length === 0 ? { physicianIds: null } : {}),
    patientIds: wish.patientIds ?? patients,
    siteIds: wish.siteIds ?? sites,
  });
}

export async function searchVisits(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  const search = calls.searchOf(call, namesOf('Appointment'));
  const { ids, total } = await findIds(call, search);
  const facts = await listAppointmentFacts(tx.db, ids);
  const visits = new Map((await listVisitsById(tx.db, ids)).map((visit) => [visit.visitId, visit]));
  if (ids.length > 0) tx.audit({ action: 'visits.listed', subjectKind: 'visit', subjectIds: ids });
  const resources = ids.flatMap((id) => {
    const [visit, own] = [visits.get(id), facts.get(id)];
    return visit && own ? [toAppointment(visit, own)] : [];
  });
  // A page past the end is empty and cannot tell how many there are.
  const isKnown = ids.length > 0 || search.offset === 0;
  return answerPage(call, {
    type: 'Appointment',
    search,
    resources,
    total: isKnown && search.count > 0 ? total : null,
    hasMore: search.offset + ids.length < total,
  });
}

export async function readVisit(call: Call): Promise<FhirAnswer> {
  const visit = isUuid(call.id) ? await findVisit(call.tx.db, call.id) : undefined;
  if (!visit) throw calls.notHere('appointment');
  call.tx.audit({ action: 'visit.opened', subjectKind: 'visit', subjectIds: [visit.visitId] });
  return calls.answerRead(call, await toResource(call.tx, visit));
}

/** Book what an Appointment says. Only the site and the length may be left for the office to fill in. */
export async function bookAppointment(call: Call, appointment: FhirAppointment): Promise<Visit> {
  const { tx, session } = call;
  const [patientId, other] = actorsOf(appointment, 'Patient');
  if (!patientId || other) throw cannotKeep('Appointment.participant', 'Name one Patient who comes.');
  const staffIds = actorsOf(appointment, 'Practitioner');
  const [physicianId, second] = await physiciansOf(tx, staffIds);
  if (!physicianId || second)
    throw cannotKeep('Appointment.participant', 'Name one Practitioner who has a Schedule here.');
  const codes = (appointment.serviceType ?? []).flatMap((one) => one.coding ?? []);
  const type = typeOf(codes, await listVisitTypes(tx.db));
  const { startsAt, minutes } = timesOf(appointment, session.timeZone);
  const { siteId, resourceIds } = await placesOf(tx, appointment, { physicianId, startsAt });
  const visit = await bookVisit(tx, {
    ...{ patientId, physicianId, siteId, startsAt, minutes, resourceIds },
    visitTypeId: type.visitTypeId,
    reason: (appointment.description ?? '').slice(0, 300),
    note: appointment.comment ?? '',
  });
  if (acceptedOf(appointment) !== true || !tx.actor.may('visits.confirm')) return visit;
  return confirmVisit(tx, visit.visitId, { version: visit.version, confirmed: true });
}

/** The site and the rooms that are named; no site: where the physician works at that time. */
async function placesOf(
  tx: Tx,
  appointment: FhirAppointment,
  { physicianId, startsAt }: { physicianId: string; startsAt: string },
) {
  const named = actorsOf(appointment, 'Location');
  const rooms = (await listResources(tx.db)).filter((one) => one.kind === 'room');
  const resourceIds = named.filter((id) => rooms.some((room) => room.resourceId === id));
  const [site, other] = named.filter((id) => !resourceIds.includes(id));
  if (other) throw cannotKeep('Appointment.participant', 'Name one site as a Location.');
  const siteId = site ?? (await findSiteAt(tx.db, physicianId, Date.parse(startsAt)));
  if (siteId) return { siteId, resourceIds };
  throw cannotKeep(
    'Appointment.participant',
    'Name the site as a Location: the physician is not there then.',
  );
}

export async function createVisit(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  calls.refuseOther(call, 'Appointment');
  const appointment = readAppointment(call.body);
  if (appointment.status !== 'booked')
    throw cannotKeep('Appointment.status', 'Create appointments that are booked. Ask $find for times.');
  const only = calls.onlyUnless(call);
  if (only) {
    const search = calls.searchOf({ ...call, given: only, strict: true }, namesOf('Appointment'));
    const { ids, total } = await findIds(call, search);
    if (total > 1) throw calls.severalExist();
    const known = ids[0] ? await findVisit(tx.db, ids[0]) : undefined;
    if (known) {
      // Nothing is written, but a visit is shown.
      tx.audit({ action: 'visit.opened', subjectKind: 'visit', subjectIds: [known.visitId] });
      return calls.answerWritten(call, await toResource(tx, known), 200);
    }
  }
  const visit = await bookAppointment(call, appointment);
  return calls.answerWritten(call, await toResource(tx, visit), 201);
}
