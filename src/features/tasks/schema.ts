import { z } from 'zod';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';

export const repeatUnits = ['day', 'week', 'month', 'year'] as const;
export const Repeat = z.object({
  every: z.enum(repeatUnits),
  count: z.number().int().min(1, 'At least 1.').max(99, 'At most 99.').default(1),
});
export type Repeat = z.output<typeof Repeat>;

export const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});
export const Reason = z
  .string()
  .trim()
  .min(3, 'Say why in a few words.')
  .max(300, 'Keep it under 300 letters.');
export const Version = z.number().int().min(1);

const oneOwner = {
  message: 'Give it to one person or to one role, not to both.',
  path: ['ownerRole'],
};
const fields = {
  text: z.string().trim().min(1, 'Say what is to be done.').max(500, 'Keep it under 500 letters.'),
  dueAt: Instant,
  ownerStaffId: Id.nullable().default(null),
  ownerRole: z.enum(roleKeys).nullable().default(null),
  patientId: Id.nullable().default(null),
  repeat: Repeat.nullable().default(null),
};

/** What making a task takes; without an owner it is everyone's. */
export const TaskDraft = z.object(fields).refine((task) => !task.ownerStaffId || !task.ownerRole, oneOwner);
export type NewTask = z.input<typeof TaskDraft>;
export type TaskDraft = z.output<typeof TaskDraft>;

/** The whole task as it shall be, and the version that was seen. */
export const TaskChange = z
  .object({ ...fields, version: Version })
  .refine((task) => !task.ownerStaffId || !task.ownerRole, oneOwner);
export type TaskChange = z.output<typeof TaskChange>;

export const Task = z.object({
  taskId: Id,
  version: z.number(),
  text: z.string(),
  dueAt: z.string(),
  ownerStaffId: Id.nullable(),
  ownerName: z.string(),
  ownerRole: z.enum(roleKeys).nullable(),
  takenBy: Id.nullable().describe('who took it, of a role or of everyone'),
  takenByName: z.string(),
  patientId: Id.nullable(),
  /** "Jo Smith"; '' without a patient */
  patientName: z.string(),
  repeat: Repeat.nullable(),
  doneAt: z.string().nullable(),
  doneByName: z.string(),
  createdAt: z.string(),
  createdByName: z.string(),
  enteredInErrorAt: z.string().nullable(),
});
export type Task = z.infer<typeof Task>;
