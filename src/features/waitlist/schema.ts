import { z } from 'zod';
import { Id } from '../../platform/id.ts';
import { CalendarDate } from '../schedule/openings/schema.ts';

export const priorities = ['urgent', 'soon', 'routine'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

/** Derived from what happened, never typed in. */
export const entryStates = ['waiting', 'offered', 'filled', 'expired', 'withdrawn'] as const;
export const EntryState = z.enum(entryStates);
export type EntryState = z.infer<typeof EntryState>;

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time like 09:30.');
export const TimeWindow = z
  .object({ from: Time, to: Time })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'This is before it begins.' });
export type TimeWindow = z.infer<typeof TimeWindow>;

export const Version = z.number().int().min(1);
export const Reason = z
  .string()
  .trim()
  .min(3, 'Say why in a few words.')
  .max(300, 'Keep it under 300 letters.');

const wishes = {
  physicianIds: z.array(Id).max(50).default([]).describe('resource ids; none: any'),
  siteIds: z.array(Id).max(50).default([]).describe('none: any'),
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .max(7)
    .default([])
    .describe('1 Monday to 7 Sunday; none: any'),
  times: z.array(TimeWindow).max(6).default([]).describe('wall time of the site; none: any'),
  earliestOn: CalendarDate.nullable().default(null),
  latestOn: CalendarDate.nullable().default(null),
  noticeHours: z.number().int().min(0, 'At least 0.').max(336, 'At most two weeks.').default(2),
  priority: Priority.default('routine'),
  priorityReason: z.string().trim().max(300, 'Keep it under 300 letters.').default(''),
  note: z.string().trim().max(500, 'Keep it under 500 letters.').default(''),
};

type Wished = {
  earliestOn: string | null;
  latestOn: string | null;
  priority: Priority;
  priorityReason: string;
  expiresOn?: string | undefined;
};

/** What no shape of one field can say. */
function check(entry: Wished, context: z.RefinementCtx): void {
  const add = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (entry.earliestOn && entry.latestOn && entry.latestOn < entry.earliestOn)
    add('latestOn', 'This lies before the earliest day.');
  if (entry.earliestOn && entry.expiresOn && entry.expiresOn < entry.earliestOn)
    add('expiresOn', 'They would leave the list before the earliest day.');
  if (entry.priority !== 'routine' && entry.priorityReason.length < 3)
    add('priorityReason', 'Who goes before others needs a reason.');
}

export const JoinWaitlist = z
  .object({
    patientId: Id,
    visitTypeId: Id,
    visitId: Id.nullable().default(null).describe('the later visit that would be moved forward'),
    ...wishes,
    expiresOn: CalendarDate.optional().describe('left out: 60 days on, or the day of the visit they have'),
  })
  .superRefine(check);
export type JoinWaitlist = z.output<typeof JoinWaitlist>;
export type NewEntry = z.input<typeof JoinWaitlist>;

export const ChangeEntry = z
  .object({ version: Version, ...wishes, expiresOn: CalendarDate })
  .superRefine(check);
export type ChangeEntry = z.output<typeof ChangeEntry>;

export const Entry = z.object({
  entryId: Id,
  version: z.number(),
  state: EntryState,
  patientId: Id,
  patientName: z.string().describe('"Jo Smith"'),
  phone: z.string().describe('the first number of the record; "" without one'),
  visitTypeId: Id,
  visitTypeName: z.string(),
  visitId: Id.nullable(),
  visitStartsAt: z.string().nullable().describe('of the visit that would be moved forward, as it stands now'),
  physicianIds: z.array(Id),
  siteIds: z.array(Id),
  weekdays: z.array(z.number()),
  times: z.array(z.object({ from: z.string(), to: z.string() })),
  earliestOn: z.string().nullable(),
  latestOn: z.string().nullable(),
  noticeHours: z.number(),
  priority: Priority,
  priorityReason: z.string(),
  note: z.string(),
  expiresOn: z.string(),
  addedAt: z.string(),
  addedByName: z.string(),
  filledAt: z.string().nullable(),
  filledVisitId: Id.nullable(),
  withdrawnAt: z.string().nullable(),
  withdrawnReason: z.string(),
  offers: z.number().describe('how many openings they were offered so far'),
});
export type Entry = z.infer<typeof Entry>;
