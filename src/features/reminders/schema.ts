import { z } from 'zod';
import { Id } from '../../platform/id.ts';

export const ReminderStep = z.object({
  daysBefore: z.number().int().min(0, 'On the day itself, or before.').max(60, 'At most sixty days.'),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 10:00.'),
});
export type ReminderStep = z.infer<typeof ReminderStep>;

export const ReminderRule = z.object({
  ruleId: Id,
  name: z.string(),
  visitTypeIds: z.array(Id),
  steps: z.array(ReminderStep),
  active: z.boolean(),
  version: z.number(),
});
export type ReminderRule = z.infer<typeof ReminderRule>;

export const ReminderRuleDraft = z.object({
  name: z.string().trim().min(1, 'Give it a name.').max(80, 'Keep this under 80 letters.'),
  visitTypeIds: z.array(Id).max(200),
  steps: z
    .array(ReminderStep)
    .max(5, 'At most five reminders.')
    .refine((steps) => new Set(steps.map((one) => one.daysBefore)).size === steps.length, {
      message: 'Two reminders stand on the same day.',
    })
    .transform((steps) => [...steps].sort((one, other) => other.daysBefore - one.daysBefore)),
  active: z.boolean(),
});
export type ReminderRuleDraft = z.output<typeof ReminderRuleDraft>;

/** A visit whose reminder could not be sent or did not arrive: someone calls. */
export const ToCall = z.object({
  visitId: Id,
  visitVersion: z.number(),
  step: z.number(),
  startsAt: z.string(),
  timeZone: z.string(),
  patientId: Id,
  patientName: z.string(),
  phone: z.string(),
  physicianName: z.string(),
  visitTypeName: z.string(),
  why: z.string(),
  tried: z.enum(['', 'no-answer', 'left-message', 'reached']),
  triedAt: z.string().nullable(),
  version: z.number(),
});
export type ToCall = z.infer<typeof ToCall>;

export const ReminderCounts = z.object({
  sent: z.number(),
  confirmed: z.number(),
  unanswered: z.number(),
  toCall: z.number(),
});
export type ReminderCounts = z.infer<typeof ReminderCounts>;
