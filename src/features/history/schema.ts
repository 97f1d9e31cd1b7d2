import { z } from 'zod';
import { Id } from '../../platform/id.ts';

/** How much of a moment is known; a date without a time stands at midnight UTC. */
export const precisions = ['year', 'month', 'day', 'time'] as const;
export const Precision = z.enum(precisions);
export type Precision = z.infer<typeof Precision>;

/** As other systems say it: http://hl7.org/fhir/R4/valueset-encounter-status.html */
export const encounterStatuses = [
  ...(['planned', 'arrived', 'triaged', 'in-progress', 'onleave'] as const),
  ...(['finished', 'cancelled', 'entered-in-error', 'unknown'] as const),
] as const;
export const EncounterStatus = z.enum(encounterStatuses);
export type EncounterStatus = z.infer<typeof EncounterStatus>;

export const OutsideEncounter = z.object({
  encounterId: Id,
  patientId: Id,
  startsAt: z.string(),
  startsPrecision: Precision,
  endsAt: z.string().nullable(),
  endsPrecision: Precision.nullable(),
  status: EncounterStatus,
  /** what it was: "Emergency room admission" */
  kind: z.string(),
  practitioner: z.string(),
  organization: z.string(),
  reason: z.string(),
});
export type OutsideEncounter = z.infer<typeof OutsideEncounter>;

/** An encounter as an import or the simulator gives it. */
export type KeptEncounter = Omit<OutsideEncounter, 'encounterId'> & {
  /** by what another system knows it */
  source: string | null;
};
