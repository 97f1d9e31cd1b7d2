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

/** Two records became one: everything of `fromId` is `patientId`'s. Taken apart again: `together` is false. */
export const patientMerged = 'patient.merged.v1';
export const PatientMerged = z.object({ patientId: Id, fromId: Id, together: z.boolean() });
export type PatientMerged = z.infer<typeof PatientMerged>;
