import { z } from 'zod';
import { visitTypeSystem } from '../../features/schedule/exchange/fhir.ts';
import type { VisitTypeRow } from '../../features/schedule/setup/schema.ts';
import { cannotKeep } from '../../fhir/outcome.ts';
import { CodeableConcept, readResource } from '../../fhir/resources.ts';
import { idOfReference, isUuid, stretchOf } from '../../fhir/search.ts';

/** What of an Appointment the office reads (hl7.org/fhir/R4/appointment.html). */

const text = z.string().max(2000);
const FhirAppointment = z.object({
  resourceType: z.literal('Appointment'),
  id: text.optional(),
  status: z.enum(
    [
      'proposed',
      'pending',
      'booked',
      'arrived',
      'fulfilled',
      'cancelled',
      'noshow',
      'entered-in-error',
      'checked-in',
      'waitlist',
    ],
    'is no status of an Appointment',
  ),
  cancelationReason: CodeableConcept.optional(),
  serviceType: z.array(CodeableConcept).max(10).optional(),
  description: text.optional(),
  comment: text.optional(),
  start: text.optional(),
  end: text.optional(),
  minutesDuration: z.number().int().min(1).max(1440).optional(),
  participant: z
    .array(
      z.object({
        actor: z.object({ reference: text.optional() }).optional(),
        status: text.optional(),
      }),
    )
    .min(1, 'has nobody in it')
    .max(30),
});
export type FhirAppointment = z.infer<typeof FhirAppointment>;

export const readAppointment = (body: unknown): FhirAppointment => readResource(FhirAppointment, body);

/** The ids of the participants of one type. */
export function actorsOf(appointment: FhirAppointment, type: string): string[] {
  return appointment.participant.flatMap(({ actor }, index) => {
    const reference = actor?.reference;
    if (!reference?.split('/').includes(type)) return [];
    const id = idOfReference(reference, type);
    if (!id)
      throw cannotKeep(`Appointment.participant[${index}].actor`, `Refer to a ${type} of this server.`);
    return [id];
  });
}

/** Whether the patient accepted, which is the office's "confirmed"; null when it does not say. */
export function acceptedOf(appointment: FhirAppointment): boolean | null {
  const patient = appointment.participant.find((one) => one.actor?.reference?.includes('Patient/'));
  if (patient?.status === 'accepted') return true;
  return patient?.status === 'needs-action' || patient?.status === 'tentative' ? false : null;
}

/** An instant with its offset; a wall time without one is read in the office's zone. */
export function instantOf(at: string, element: string, timeZone: string): string {
  const stretch = /T/.test(at) ? stretchOf(at, timeZone) : null;
  if (stretch) return new Date(stretch.fromMs).toISOString();
  throw cannotKeep(element, 'Give a time with its offset, e.g. 2026-03-04T10:30:00-05:00.');
}

/** When it begins and how long it lasts; no length: as the visit type says. */
export function timesOf(appointment: FhirAppointment, timeZone: string) {
  const { start, end, minutesDuration } = appointment;
  if (start === undefined) throw cannotKeep('Appointment.start', 'Say when it begins.');
  const startsAt = instantOf(start, 'Appointment.start', timeZone);
  if (end === undefined) return { startsAt, minutes: minutesDuration };
  const minutes = (Date.parse(instantOf(end, 'Appointment.end', timeZone)) - Date.parse(startsAt)) / 60_000;
  if (Number.isInteger(minutes) && minutes >= 5 && minutes <= 720) return { startsAt, minutes };
  throw cannotKeep('Appointment.end', 'A visit lasts 5 minutes to 12 hours, in whole minutes.');
}

/** The visit type that codes name: by our code, or by its id. */
export function typeOf(
  codes: readonly { system?: string | undefined; code?: string | undefined }[],
  types: readonly VisitTypeRow[],
): VisitTypeRow {
  const found = types.find((type) =>
    codes.some(
      ({ system, code }) =>
        ((system ?? visitTypeSystem) === visitTypeSystem && type.code === code?.toLowerCase()) ||
        (code !== undefined && isUuid(code) && type.visitTypeId === code.toLowerCase()),
    ),
  );
  if (found) return found;
  const known = types.filter((type) => type.active).map((type) => type.code);
  throw cannotKeep(
    'Appointment.serviceType',
    `Say what it is for: a code of ${visitTypeSystem}, one of ${known.join(', ')}.`,
  );
}
