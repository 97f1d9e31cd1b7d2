import type { Appointment } from '@medplum/fhirtypes';
import { statusOf, toAppointment } from '../../features/schedule/exchange/fhir.ts';
import { listAppointmentFacts } from '../../features/schedule/exchange/queries.ts';
import { cancelReasonOf } from '../../features/schedule/exchange/rules.ts';
import { stepPermissions } from '../../features/schedule/permissions.ts';
import { listResources } from '../../features/schedule/setup/queries.ts';
import * as steps from '../../features/schedule/steps/commands.ts';
import { editVisit, moveVisit } from '../../features/schedule/visits/commands.ts';
import { findVisit } from '../../features/schedule/visits/queries.ts';
import { type Visit, VisitInError, type VisitStep } from '../../features/schedule/visits/schema.ts';
import { cannotKeep } from '../../fhir/outcome.ts';
import { isUuid } from '../../fhir/search.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { Refusal, stale } from '../../platform/refusal.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { patchWith, refuseOtherPatch } from './patching.ts';
import { physiciansOf } from './visit-search.ts';
import {
  acceptedOf,
  actorsOf,
  type FhirAppointment,
  instantOf,
  readAppointment,
  timesOf,
} from './visit-shape.ts';
import { toResource } from './visits.ts';

/** PUT of an Appointment. */
export async function updateVisit(call: Call): Promise<FhirAnswer> {
  return calls.answerWritten(call, await keepVisit(call), 200);
}

/** What differs from what is kept becomes the office's own steps, one after the other. */
async function keepVisit(call: Call): Promise<Appointment> {
  const { tx } = call;
  calls.refuseOther(call, 'Appointment');
  const version = calls.seenVersion(call);
  const wanted = readAppointment(call.body);
  const visit = isUuid(call.id) ? await findVisit(tx.db, call.id) : undefined;
  if (!visit) throw calls.notHere('appointment');
  if (visit.version !== version) throw stale('visit', null);
  const facts = (await listAppointmentFacts(tx.db, [call.id])).get(call.id);
  refuseOtherPatient(wanted, visit);
  let now = visit;
  // Brought back first, or it could not be moved; ended last, after its texts.
  if (wanted.status === 'booked' && visit.state !== 'booked') now = await step(tx, now, wanted);
  if (wanted.status !== 'cancelled') now = await moved(call, now, wanted, facts?.staffId ?? null);
  now = await edited(tx, now, wanted);
  now = await confirmed(tx, now, wanted, visit.confirmedAt !== null);
  if (wanted.status !== statusOf[now.state]) now = await step(tx, now, wanted);
  const after = (await listAppointmentFacts(tx.db, [call.id])).get(call.id);
  // Nothing was changed, but a visit is shown.
  if (now.version === version) noteOpened(call);
  return toAppointment(now, after ?? { code: '', staffId: null, lastUpdated: null });
}

const noteOpened = ({ tx, id }: Call) =>
  tx.audit({ action: 'visit.opened', subjectKind: 'visit', subjectIds: [id] });

/** JSON Patch of an Appointment: PUT of what it makes of the visit. */
export async function patchVisit(call: Call): Promise<FhirAnswer> {
  refuseOtherPatch(call);
  const visit = isUuid(call.id) ? await findVisit(call.tx.db, call.id) : undefined;
  if (!visit) throw calls.notHere('appointment');
  return patchWith(call, {
    resource: await toResource(call.tx, visit),
    noteSeen: () => noteOpened(call),
    update: keepVisit,
  });
}

function refuseOtherPatient(wanted: FhirAppointment, visit: Visit): void {
  const [patientId, other] = actorsOf(wanted, 'Patient');
  if (patientId === visit.patientId && !other) return;
  throw cannotKeep('Appointment.participant', 'A visit stays with its patient. Cancel it and book another.');
}

/** Each step asks for the permission that it has at the desk. */
function requireStep(tx: Tx, taken: VisitStep): void {
  if (tx.actor.may(stepPermissions[taken])) return;
  throw new Refusal('not-permitted', 'Your roles do not let you take this step. A manager can change them.');
}

async function moved(call: Call, visit: Visit, wanted: FhirAppointment, staffId: string | null) {
  const { tx, session } = call;
  const change = await moveOf(tx, visit, wanted, { timeZone: session.timeZone, staffId });
  if (Object.keys(change).length === 0) return visit;
  requireStep(tx, 'moved');
  return moveVisit(tx, visit.visitId, { version: visit.version, ...change });
}

type Now = { timeZone: string; staffId: string | null };

/** What of time, length, physician, site and rooms is another than it is. */
async function moveOf(tx: Tx, visit: Visit, wanted: FhirAppointment, { timeZone, staffId }: Now) {
  // An end that stayed behind when the start moved means: as long as before.
  const endStays = wanted.end && instantOf(wanted.end, 'Appointment.end', timeZone) === visit.endsAt;
  const startStays =
    wanted.start && instantOf(wanted.start, 'Appointment.start', timeZone) === visit.startsAt;
  const asBefore = { ...wanted, end: undefined, minutesDuration: visit.minutes };
  const { startsAt, minutes } = timesOf(endStays && !startStays ? asBefore : wanted, timeZone);
  const isLater = startsAt !== visit.startsAt;
  const length = minutes ?? visit.minutes;
  const staffIds = actorsOf(wanted, 'Practitioner');
  const isSame = staffIds.length === 0 || (staffIds.length === 1 && staffIds[0] === staffId);
  const [physicianId, second] = isSame ? [visit.physicianId] : await physiciansOf(tx, staffIds);
  if (!physicianId || second)
    throw cannotKeep('Appointment.participant', 'Name one Practitioner who has a Schedule here.');
  const { siteId, resourceIds } = await locationsOf(tx, visit, wanted);
  return {
    ...(isLater ? { startsAt } : {}),
    ...(length === visit.minutes ? {} : { minutes: length }),
    ...(physicianId === visit.physicianId ? {} : { physicianId }),
    ...(siteId === visit.siteId ? {} : { siteId }),
    ...(resourceIds ? { resourceIds } : {}),
  };
}

/** `resourceIds` only where a room is named that it does not have yet. */
async function locationsOf(tx: Tx, visit: Visit, wanted: FhirAppointment) {
  const named = actorsOf(wanted, 'Location');
  const own = new Set([visit.siteId, ...visit.resources.map((one) => one.resourceId)]);
  if (named.every((id) => own.has(id))) return { siteId: visit.siteId, resourceIds: null };
  const rooms = (await listResources(tx.db))
    .filter((one) => one.kind === 'room')
    .map((one) => one.resourceId);
  const [site = visit.siteId, other] = named.filter((id) => !rooms.includes(id));
  if (other) throw cannotKeep('Appointment.participant', 'Name one site as a Location.');
  const wantedRooms = named.filter((id) => rooms.includes(id) && (site === visit.siteId || !own.has(id)));
  return { siteId: site, resourceIds: wantedRooms.length > 0 ? wantedRooms : null };
}

async function edited(tx: Tx, visit: Visit, wanted: FhirAppointment): Promise<Visit> {
  const reason = (wanted.description ?? '').trim().slice(0, 300);
  const note = (wanted.comment ?? '').trim();
  if (reason === visit.reason && note === visit.note) return visit;
  requireStep(tx, 'edited');
  return editVisit(tx, visit.visitId, { version: visit.version, reason, note });
}

/** A move takes the confirmation back by itself; what was accepted before the change is not accepted anew. */
async function confirmed(tx: Tx, visit: Visit, wanted: FhirAppointment, was: boolean): Promise<Visit> {
  const accepted = acceptedOf(wanted);
  if (visit.state !== 'booked' || wanted.status !== 'booked' || accepted === null) return visit;
  if (accepted === was) return visit;
  requireStep(tx, accepted ? 'confirmed' : 'unconfirmed');
  return steps.confirmVisit(tx, visit.visitId, { version: visit.version, confirmed: accepted });
}

/** The step to a status (hl7.org/fhir/R4/valueset-appointmentstatus.html). */
async function step(tx: Tx, visit: Visit, wanted: FhirAppointment): Promise<Visit> {
  const { visitId, version } = visit;
  const seen = { version };
  switch (wanted.status) {
    case 'booked':
      requireStep(tx, 'reinstated');
      return steps.reinstateVisit(tx, visitId, seen);
    case 'arrived':
      requireStep(tx, 'arrived');
      return steps.arriveVisit(tx, visitId, seen);
    case 'checked-in':
      requireStep(tx, 'in_room');
      return steps.roomVisit(tx, visitId, seen);
    case 'fulfilled':
      requireStep(tx, 'checked_out');
      return steps.checkOutVisit(tx, visitId, seen);
    case 'noshow':
      requireStep(tx, 'no_show');
      return steps.noShowVisit(tx, visitId, seen);
    case 'cancelled': {
      requireStep(tx, 'cancelled');
      const { coding, text = '' } = wanted.cancelationReason ?? {};
      const reason = cancelReasonOf(coding?.[0]?.code ?? '');
      return steps.cancelVisit(tx, visitId, { version, reason, text: text.slice(0, 300) });
    }
    case 'entered-in-error': {
      requireStep(tx, 'entered_in_error');
      const why = wanted.cancelationReason?.text ?? 'Said by another program';
      return steps.enterVisitInError(tx, visitId, VisitInError.parse({ version, reason: why.slice(0, 300) }));
    }
    default:
      throw cannotKeep('Appointment.status', 'A visit that is booked cannot go back to this status.');
  }
}
