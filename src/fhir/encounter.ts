import { z } from 'zod';
import { Reference } from './reference.ts';
import { CodeableConcept, Coding, Identifier, Period } from './resources.ts';

const text = z.string().max(2000);

export const encounterStatuses = [
  ...(['planned', 'arrived', 'triaged', 'in-progress', 'onleave'] as const),
  ...(['finished', 'cancelled', 'entered-in-error', 'unknown'] as const),
] as const;

/** http://hl7.org/fhir/R4/encounter.html */
export const FhirEncounter = z.object({
  resourceType: z.literal('Encounter'),
  id: text.optional(),
  identifier: z.array(Identifier).optional(),
  status: z.enum(encounterStatuses, `is not one of ${encounterStatuses.join(', ')}`),
  class: Coding.optional(),
  type: z.array(CodeableConcept).optional(),
  subject: Reference,
  participant: z.array(z.object({ individual: Reference.optional() })).optional(),
  period: Period,
  reasonCode: z.array(CodeableConcept).optional(),
  serviceProvider: Reference.optional(),
});
export type FhirEncounter = z.infer<typeof FhirEncounter>;
