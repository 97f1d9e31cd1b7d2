import { z } from 'zod';
import { isDate } from '../../platform/calendar/dates.ts';
import { Id } from '../../platform/id.ts';
import { Channel } from '../patients/consents/schema.ts';
import { BookVisit, VisitState } from '../schedule/visits/schema.ts';

/** Open until a visit is booked for it; booked until that visit was completed (kept), cancelled or missed (open again). */
export const followUpStates = ['open', 'booked', 'kept', 'refused', 'closed'] as const;
export const FollowUpState = z.enum(followUpStates);
export type FollowUpState = z.infer<typeof FollowUpState>;

export const priorities = ['routine', 'soon', 'urgent'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.infer<typeof Priority>;

const CalendarDate = z.string().refine(isDate, 'Give a date like 2026-03-04.');
const text = (longest: number) => z.string().trim().max(longest, `Keep this under ${longest} letters.`);
export const Version = z.number().int().min(1);
export const Reason = z
  .string()
  .trim()
  .min(3, 'Say why in a few words.')
  .max(300, 'Keep it under 300 letters.');

/** What must happen first, as it is typed. */
const First = z.string().trim().min(1, 'Say what must happen first.').max(120, 'Keep it under 120 letters.');

const inOrder = ({ targetOn, earliestOn, latestOn }: Partial<Record<string, unknown>>) =>
  (!earliestOn || !targetOn || String(earliestOn) <= String(targetOn)) &&
  (!latestOn || !targetOn || String(targetOn) <= String(latestOn));
const outOfOrder = { path: ['earliestOn'], message: 'The window holds its day: earliest, day, latest.' };

export const FollowUpDraft = z
  .object({
    patientId: Id,
    fromVisitId: Id.nullable().default(null).describe('left out: their visit of today, if any'),
    visitTypeId: Id,
    physicianId: Id.nullable().default(null).describe('null: any'),
    targetOn: CalendarDate,
    earliestOn: CalendarDate.optional().describe('left out with latestOn: a window that grows with the time'),
    latestOn: CalendarDate.optional(),
    said: text(80).default('').describe('as the physician said it: "6 weeks"'),
    priority: Priority.default('routine'),
    instructions: text(2000).default(''),
    first: z.array(First).max(8).default([]).describe('what must happen before the visit'),
  })
  .refine(inOrder, outOfOrder);
export type NewFollowUp = z.input<typeof FollowUpDraft>;
export type FollowUpDraft = z.output<typeof FollowUpDraft>;

export const FollowUpChange = z
  .object({
    version: Version,
    visitTypeId: Id,
    physicianId: Id.nullable(),
    targetOn: CalendarDate,
    earliestOn: CalendarDate,
    latestOn: CalendarDate,
    priority: Priority,
    instructions: text(2000),
    first: z.array(First).max(8).describe('in full: what is left out is taken off the list'),
  })
  .refine(inOrder, outOfOrder);
export type FollowUpChange = z.output<typeof FollowUpChange>;

/** A booking for a follow-up: whom it is for, and what, the follow-up knows. */
export const BookFollowUp = BookVisit.omit({ patientId: true }).extend({ version: Version });
export type BookFollowUp = z.output<typeof BookFollowUp>;

export const attemptChannels = [...Channel.options, 'in-person'] as const;
export const AttemptChannel = z.enum(attemptChannels);
export type AttemptChannel = z.infer<typeof AttemptChannel>;

export const attemptOutcomes = ['reached', 'left-message', 'no-answer', 'wrong-number', 'refused'] as const;
export const AttemptOutcome = z.enum([...attemptOutcomes, 'sent']);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

export const NewAttempt = z.object({
  version: Version,
  channel: AttemptChannel,
  outcome: z.enum(attemptOutcomes),
  note: text(500).default(''),
  nextTryOn: CalendarDate.nullable().default(null).describe('null: as soon as the office likes'),
});
export type NewAttempt = z.output<typeof NewAttempt>;

export const Prerequisite = z.object({
  prerequisiteId: Id,
  text: z.string(),
  doneAt: z.string().nullable(),
  doneByName: z.string(),
});
export type Prerequisite = z.infer<typeof Prerequisite>;

/** The visit that is, or was last, booked for it. */
export const LinkedVisit = z.object({
  visitId: Id,
  version: z.number(),
  state: VisitState,
  startsAt: z.string(),
  timeZone: z.string(),
  physicianName: z.string(),
});
export type LinkedVisit = z.infer<typeof LinkedVisit>;

export const FollowUp = z.object({
  followUpId: Id,
  version: z.number(),
  state: FollowUpState,
  origin: z.enum(['ordered', 'rule']),
  patientId: Id,
  /** "Jo Smith" */
  patientName: z.string(),
  deceased: z.boolean(),
  fromVisitId: Id.nullable(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  physicianId: Id.nullable(),
  physicianName: z.string().describe('"" of any'),
  targetOn: z.string(),
  earliestOn: z.string(),
  latestOn: z.string(),
  said: z.string(),
  priority: Priority,
  instructions: z.string(),
  orderedAt: z.string(),
  orderedByName: z.string(),
  prerequisites: z.array(Prerequisite),
  visit: LinkedVisit.nullable(),
  actOn: z.string(),
  nextTryOn: z.string().nullable(),
  attempts: z.number(),
  letters: z.number().describe('how many recall letters went out'),
  lastAttempt: z
    .object({
      channel: AttemptChannel,
      outcome: AttemptOutcome,
      at: z.string(),
      letterNo: z.number().nullable(),
    })
    .nullable(),
  refusedChannels: z.array(z.string()).describe('ways by which the patient does not want to hear of visits'),
  endedAt: z.string().nullable(),
  endedByName: z.string(),
  endedReason: z.string(),
  enteredInErrorAt: z.string().nullable(),
});
export type FollowUp = z.infer<typeof FollowUp>;

export const stepKinds = [
  'ordered',
  'changed',
  'booked',
  'linked',
  'unlinked',
  'done-first',
  'not-done-first',
  'refused',
  'closed',
  'reopened',
  'entered-in-error',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** One line of what was done: a step, or an attempt. */
export const HistoryLine = z.object({
  id: Id,
  kind: z.enum([...stepKinds, 'attempt']),
  at: z.string(),
  byName: z.string(),
  note: z.string(),
  channel: AttemptChannel.nullable(),
  outcome: AttemptOutcome.nullable(),
  nextTryOn: z.string().nullable(),
  letterNo: z.number().nullable(),
  visitState: VisitState.nullable().describe('of the visit that the step names, as it stands now'),
  visitStartsAt: z.string().nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** The work list's ways to look. */
export const followUpFilters = ['due', 'overdue', 'tries', 'waiting', 'open', 'booked', 'recalls'] as const;
export const FollowUpFilter = z.enum(followUpFilters);
export type FollowUpFilter = z.infer<typeof FollowUpFilter>;
