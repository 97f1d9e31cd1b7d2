import { z } from 'zod';
import { Version } from '../schema.ts';

/** A role, from when on it needs a second step at sign-in, and how many of its people have one. */
export const AskedRoleRow = z.object({
  role: z.string(),
  label: z.string(),
  requiredFrom: z.string().nullable(),
  people: z.number(),
  ready: z.number(),
});
export type AskedRoleRow = z.infer<typeof AskedRoleRow>;

export const AskRole = z.object({
  graceDays: z
    .number()
    .int()
    .min(0)
    .max(90)
    .nullable()
    .describe('days in which people may still sign in without; null: not asked any more'),
  was: z.string().nullable().describe('the moment that you saw before'),
});
export type AskRole = z.output<typeof AskRole>;

export const ResetSecondStep = z.object({
  version: Version,
  reason: z.string().trim().min(3, 'Say why in a few words: the person reads it.').max(300),
});
export type ResetSecondStep = z.output<typeof ResetSecondStep>;
