import type { Appointment } from '@medplum/fhirtypes';
import { toAppointment } from '../../features/schedule/exchange/fhir.ts';
import { findSiteAt, listAppointmentFacts } from '../../features/schedule/exchange/queries.ts';
import { listResources, listVisitTypes } from '../../features/schedule/setup/queries.ts';
import { confirmVisit } from '../../features/schedule/steps/commands.ts';
import { bookVisit } from '../../features/schedule/visits/commands.ts';
import { findVisit } from '../../features/schedule/visits/queries.ts';
import type { Visit } from '../../features/schedule/visits/schema.ts';
import { cannotKeep } from '../../fhir/outcome.ts';
import { isUuid } from '../../fhir/search.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { listFitting, physiciansOf } from './visit-search.ts';
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
    const search = calls.searchOf({ ...call, given: only, strict: true }, searchableOf('Appointment'));
    const [first, second] = await listFitting(call, search);
    if (second) throw calls.severalExist();
    const known = first ? await findVisit(tx.db, first) : undefined;
    if (known) {
      // Nothing is written, but a visit is shown.
      tx.audit({ action: 'visit.opened', subjectKind: 'visit', subjectIds: [known.visitId] });
      return calls.answerWritten(call, await toResource(tx, known), 200);
    }
  }
  const visit = await bookAppointment(call, appointment);
  return calls.answerWritten(call, await toResource(tx, visit), 201);
}
