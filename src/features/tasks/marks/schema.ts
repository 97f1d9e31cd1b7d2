import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { Instant, Reason } from '../schema.ts';

/** Which duty is meant: kind, subject and due time together. */
export const DutyName = z.object({
  kind: z.string().min(1).max(60),
  subjectId: Id,
  dueAt: Instant,
});
export type DutyName = z.output<typeof DutyName>;

/** What people said about a duty that the facts cannot know. Version 0: nothing yet. */
export const DutyMark = z.object({
  dutyKey: z.string(),
  snoozedUntil: z.string().nullable(),
  snoozeReason: z.string(),
  ownerStaffId: Id.nullable(),
  ownerName: z.string(),
  version: z.number(),
});
export type DutyMark = z.infer<typeof DutyMark>;

export const Snooze = DutyName.extend({
  until: Instant.nullable().describe('null wakes it at once'),
  reason: z.union([z.literal(''), Reason]).default(''),
  version: z.number().int().min(0).describe('of the mark that was seen; 0: none'),
}).refine((snooze) => snooze.until === null || snooze.reason !== '', {
  message: 'Say why in a few words.',
  path: ['reason'],
});
export type Snooze = z.output<typeof Snooze>;

export const Assign = DutyName.extend({
  staffId: Id.nullable().describe('null gives it back to everyone'),
  version: z.number().int().min(0),
});
export type Assign = z.output<typeof Assign>;
