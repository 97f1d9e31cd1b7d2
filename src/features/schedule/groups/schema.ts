import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { CalendarDate } from '../openings/schema.ts';
import { CancelReason, Minutes, Version, VisitState } from '../visits/schema.ts';

export const PlanSession = z.object({
  name: z.string().trim().min(1, 'Give the group a name.').max(100),
  visitTypeId: Id,
  siteId: Id,
  physicianId: Id.describe('who leads it'),
  resourceIds: z.array(Id).max(10).default([]),
  startsAt: z.iso.datetime({ offset: true }),
  minutes: Minutes.optional(),
  capacity: z.number().int().min(2, 'A group has at least 2 places.').max(100, 'At most 100 places.'),
  overrideReason: z.string().trim().min(3, 'Say why, in a few words.').max(300).optional(),
});
export type PlanSession = z.output<typeof PlanSession>;

export const Session = z.object({
  sessionId: Id,
  version: z.number(),
  name: z.string(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id,
  physicianName: z.string(),
  resourceIds: z.array(Id).describe('what it occupies: the physician first'),
  startsAt: z.string(),
  endsAt: z.string(),
  capacity: z.number(),
  taken: z.number().describe('seats'),
  cancelled: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const Member = z.object({
  visitId: Id,
  version: z.number(),
  state: VisitState,
  seatNo: z.number(),
  patientId: Id,
  patientName: z.string(),
  reason: z.string(),
});
export type Member = z.infer<typeof Member>;

export const BookSeat = z.object({ patientId: Id, reason: z.string().trim().max(300).default('') });
export type BookSeat = z.output<typeof BookSeat>;

export const CancelSession = z.object({
  version: Version,
  reason: CancelReason,
  text: z.string().trim().max(300).default(''),
});
export type CancelSession = z.output<typeof CancelSession>;

/** What is left out stays. */
export const MoveSession = z.object({
  version: Version,
  startsAt: z.iso.datetime({ offset: true }).optional(),
  minutes: Minutes.optional(),
  siteId: Id.optional(),
  physicianId: Id.optional().describe('who leads it from now on'),
  resourceIds: z
    .array(Id)
    .max(10)
    .optional()
    .describe('left out: the rooms and devices stay where they are free, else others that fit are picked'),
  overrideReason: PlanSession.shape.overrideReason,
});
export type MoveSession = z.output<typeof MoveSession>;

export const ChangeCapacity = z.object({ version: Version, capacity: PlanSession.shape.capacity });
export type ChangeCapacity = z.output<typeof ChangeCapacity>;

export const SessionVersion = z.object({ version: Version });
export const ListSessions = z.object({ from: CalendarDate.optional().describe('left out: today') });
