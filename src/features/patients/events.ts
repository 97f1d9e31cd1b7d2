import { z } from 'zod';
import { Id } from '../../platform/id.ts';

/** A person has died, or it was said wrongly (`deceased: false`). The schedule offers to cancel what is booked. */
export const patientDeceased = 'patient.deceased.v1';
export const PatientDeceased = z.object({
  patientId: Id,
  deceased: z.boolean(),
  deceasedOn: z.string().nullable(),
});
export type PatientDeceased = z.infer<typeof PatientDeceased>;
