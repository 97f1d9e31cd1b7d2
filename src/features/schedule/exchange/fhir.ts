import type { Appointment, AppointmentParticipant, Location, Schedule, Slot } from '@medplum/fhirtypes';
import { localDate, offsetMs, timeOf } from '../../../platform/calendar/zones.ts';
import type { Opening } from '../openings/schema.ts';
import type { ResourceRow, VisitTypeRow } from '../setup/schema.ts';
import type { CancelReason, Visit, VisitState } from '../visits/schema.ts';
import { openingId, slotId } from './rules.ts';

/** The schedule as FHIR R4 says it. Instants carry the offset of the site where the visit is. */

export const visitTypeSystem = 'urn:frontdesk:visit-type';
export const slotCodeSystem = 'urn:frontdesk:slot-code';
const physical = 'http://terminology.hl7.org/CodeSystem/location-physical-type';
const cancelSystem = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';

/** hl7.org/fhir/R4/valueset-appointmentstatus.html */
export const statusOf: Record<VisitState, Appointment['status']> = {
  booked: 'booked',
  arrived: 'arrived',
  in_room: 'checked-in',
  with_physician: 'checked-in',
  checked_out: 'fulfilled',
  cancelled: 'cancelled',
  no_show: 'noshow',
  entered_in_error: 'entered-in-error',
};

const cancelCodes: Record<CancelReason, string> = {
  'patient-asked': 'pat',
  'patient-ill': 'pat',
  'physician-away': 'prov',
  'office-closed': 'prov',
  'booked-twice': 'oth-err',
  deceased: 'pat-dec',
  'left-unseen': 'pat',
  other: 'other',
};

/** `2026-03-04T10:30:00-05:00`: the wall time of the site with its offset. */
export function localInstant(at: string | number, timeZone: string): string {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  const offset = offsetMs(ms, timeZone);
  const wall = new Date(ms + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(offset) / 60_000;
  return `${wall}${offset < 0 ? '-' : '+'}${timeOf(minutes)}`;
}

const reference = (type: string, id: string, display: string) => ({
  reference: `${type}/${id}`,
  ...(display ? { display } : {}),
});

type Served = { code: string; name: string };
const serviceOf = ({ code, name }: Served) => [
  { coding: [{ system: visitTypeSystem, code, display: name }], text: name },
];

export type AppointmentFacts = { code: string; staffId: string | null; lastUpdated: string | null };

export function toAppointment(visit: Visit, facts: AppointmentFacts): Appointment {
  const { timeZone } = visit;
  const participant: AppointmentParticipant[] = [
    {
      actor: reference('Patient', visit.patientId, visit.patientName),
      required: 'required',
      status: visit.confirmedAt ? 'accepted' : 'needs-action',
    },
    {
      actor: facts.staffId
        ? reference('Practitioner', facts.staffId, visit.physicianName)
        : { display: visit.physicianName },
      required: 'required',
      status: 'accepted',
    },
    { actor: reference('Location', visit.siteId, visit.siteName), required: 'required', status: 'accepted' },
    ...visit.resources
      .filter((one) => one.kind !== 'physician')
      .map((one) => ({
        actor:
          one.kind === 'room'
            ? reference('Location', one.resourceId, one.name)
            : { type: 'Device' as const, display: one.name },
        required: 'required' as const,
        status: 'accepted' as const,
      })),
  ];
  return {
    resourceType: 'Appointment',
    id: visit.visitId,
    meta: {
      versionId: String(visit.version),
      ...(facts.lastUpdated ? { lastUpdated: facts.lastUpdated } : {}),
    },
    status: statusOf[visit.state],
    ...(visit.cancelReason
      ? {
          cancelationReason: {
            coding: [{ system: cancelSystem, code: cancelCodes[visit.cancelReason] }],
            text: visit.cancelText || visit.cancelReason,
          },
        }
      : {}),
    serviceType: serviceOf({ code: facts.code, name: visit.visitTypeName }),
    ...(visit.reason ? { description: visit.reason } : {}),
    start: localInstant(visit.startsAt, timeZone),
    end: localInstant(visit.endsAt, timeZone),
    minutesDuration: visit.minutes,
    ...(visit.note ? { comment: visit.note } : {}),
    participant,
  };
}

export type Proposed = {
  opening: Opening;
  type: VisitTypeRow;
  staffId: string | null;
  patientId: string | null;
};

/** What $find proposes and $book takes: its id is all that has to come back. */
export function toProposal({ opening, type, staffId, patientId }: Proposed): Appointment {
  const { physicianName, siteName, siteId, timeZone, minutes } = opening;
  return {
    resourceType: 'Appointment',
    id: openingId({ ...opening, visitTypeId: type.visitTypeId }),
    status: 'proposed',
    serviceType: serviceOf(type),
    description: opening.label,
    start: localInstant(opening.startsAt, timeZone),
    end: localInstant(opening.endsAt, timeZone),
    minutesDuration: minutes,
    participant: [
      {
        actor: staffId ? reference('Practitioner', staffId, physicianName) : { display: physicianName },
        required: 'required',
        status: 'needs-action',
      },
      { actor: reference('Location', siteId, siteName), required: 'required', status: 'needs-action' },
      ...(patientId
        ? [
            {
              actor: reference('Patient', patientId, ''),
              required: 'required' as const,
              status: 'needs-action' as const,
            },
          ]
        : []),
    ],
  };
}

/** A physician's calendar. How far ahead can be searched is its horizon. */
export function toSchedule(physician: ResourceRow, now: Date, timeZone: string): Schedule {
  const until = new Date(now.getTime() + 180 * 86_400_000);
  return {
    resourceType: 'Schedule',
    id: physician.resourceId,
    meta: { versionId: String(physician.version) },
    active: physician.active,
    actor: [reference('Practitioner', physician.staffId ?? '', physician.name)],
    planningHorizon: {
      start: localDate(now.getTime(), timeZone),
      end: localDate(until.getTime(), timeZone),
    },
  };
}

export type Stretch = {
  resourceId: string;
  timeZone: string;
  startMs: number;
  endMs: number;
  free: boolean;
  /** What it is kept for: a slot code of the practice, and which types it admits; none: every type. */
  keptFor?: (Served & { types: Served[] }) | undefined;
};

/** What the office keeps a slot for: hl7.org/fhir/R4/slot-definitions.html#Slot.appointmentType (its codes are preferred, not required). */
function keptAs({ code, name, types }: NonNullable<Stretch['keptFor']>): Partial<Slot> {
  return {
    ...(types.length > 0 ? { serviceType: types.flatMap(serviceOf) } : {}),
    appointmentType: { coding: [{ system: slotCodeSystem, code, display: name }], text: name },
  };
}

/** A stretch of a physician's hours that is free or taken as a whole; it never says by whom. */
export function toSlot(one: Stretch): Slot {
  return {
    resourceType: 'Slot',
    id: slotId(one),
    ...(one.keptFor ? keptAs(one.keptFor) : {}),
    schedule: { reference: `Schedule/${one.resourceId}` },
    status: one.free ? 'free' : 'busy',
    start: localInstant(one.startMs, one.timeZone),
    end: localInstant(one.endMs, one.timeZone),
  };
}

export function toRoomLocation(room: ResourceRow): Location {
  return {
    resourceType: 'Location',
    id: room.resourceId,
    meta: { versionId: String(room.version) },
    status: room.active ? 'active' : 'inactive',
    name: room.name,
    mode: 'instance',
    physicalType: { coding: [{ system: physical, code: 'ro', display: 'Room' }] },
    ...(room.siteId ? { partOf: { reference: `Location/${room.siteId}` } } : {}),
  };
}
