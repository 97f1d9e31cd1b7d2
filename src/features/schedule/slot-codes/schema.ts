import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

/** What reads as part of a time cannot be a code: hours are typed as 8-9 NP. */
const partsOfTime = ['A', 'P', 'AM', 'PM', 'NOON'];

const slotCodeFields = {
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z][A-Z0-9]{0,3}$/, 'At most 4 letters or digits, a letter first, like NP.')
    .refine((code) => !partsOfTime.includes(code), 'That reads as a time. Choose another code.'),
  name: z.string().trim().min(1, 'Say what it is kept for, like New patients.').max(60),
  color: z.string().regex(/^#[0-9a-f]{6}$/, 'A color like #0e6b68.'),
  visitTypeIds: z.array(Id).max(100).describe('what may be booked there; none: every visit type'),
  releaseHours: z
    .number()
    .int()
    .min(1, 'At least 1 hour.')
    .max(720, 'At most 720 hours, which is 30 days.')
    .nullable()
    .describe('so many hours before it begins a visit may be of any type; null: never'),
};

export const NewSlotCode = z.object({
  ...slotCodeFields,
  visitTypeIds: slotCodeFields.visitTypeIds.default([]),
  releaseHours: slotCodeFields.releaseHours.default(null),
});
export type NewSlotCode = z.input<typeof NewSlotCode>;

export const SlotCodeChange = z
  .object({ ...slotCodeFields, active: z.boolean() })
  .partial()
  .extend({ version: z.number().int().min(1) });
export type SlotCodeChange = z.output<typeof SlotCodeChange>;

export const SlotCodeRow = z.object({
  slotCodeId: Id,
  code: z.string(),
  name: z.string(),
  color: z.string(),
  visitTypeIds: z.array(Id),
  releaseHours: z.number().nullable(),
  active: z.boolean(),
  position: z.number(),
  version: z.number(),
});
export type SlotCodeRow = z.infer<typeof SlotCodeRow>;
