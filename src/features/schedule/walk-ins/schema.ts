import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const RegisterWalkIn = z.object({
  patientId: Id,
  visitTypeId: Id,
  siteId: Id.optional().describe('left out: wherever the physician works now'),
  physicianId: Id.optional().describe('left out: who is free soonest and has the fewest waiting'),
  reason: z.string().trim().max(300).default(''),
  overrideReason: z
    .string()
    .trim()
    .min(3)
    .max(300)
    .optional()
    .describe('also where the person has a visit today'),
});
export type RegisterWalkIn = z.output<typeof RegisterWalkIn>;
