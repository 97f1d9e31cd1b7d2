import { z } from 'zod';
import { isDate } from '../../platform/calendar/dates.ts';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';
import { VisitState } from '../schedule/visits/schema.ts';

export const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});
export const Version = z.number().int().min(1);
const Day = z.string().refine(isDate, 'Give a date, e.g. 2026-03-14.');

export const whens = ['now', 'afternoon', 'today', 'days', 'late'] as const;
export const When = z.enum(whens);
export type When = z.infer<typeof When>;

/** Who is out or late, and when. */
export const RescueAsked = z.object({
  physicianId: Id.describe('resource id'),
  when: When.default('today').describe(
    'now: until the end of the day; afternoon: from noon; today: the whole day; days: date to toDate; late: by minutes',
  ),
  date: Day.optional().describe('left out: today'),
  toDate: Day.optional().describe('of days: the last one; left out: the same day'),
  minutes: z
    .number()
    .int()
    .min(5)
    .max(240, 'At most 4 hours: then the day is rescued as a whole.')
    .default(30),
  absenceId: Id.optional().describe(
    'of the team: its time is taken, and its closing stays the absence’s own',
  ),
  searchDays: z.number().int().min(1).max(60).default(21).describe('how far ahead new places are looked for'),
});
export type RescueAsked = z.output<typeof RescueAsked>;

export const reasonKinds = [
  'here',
  'urgent',
  'surgery',
  'waited',
  'moved-before',
  'follow-up',
  'prepared',
  'confirmed',
  'interpreter',
  'far',
  'series',
  'group',
] as const;
export const Reason = z.object({ kind: z.enum(reasonKinds), text: z.string() });
export type Reason = z.infer<typeof Reason>;

export const choices = ['move', 'cancel', 'call'] as const;
export const Choice = z.enum(choices);
export type Choice = z.infer<typeof Choice>;

/** Someone whose visit cannot be held as booked. */
export const Affected = z.object({
  visitId: Id,
  version: z.number(),
  state: VisitState,
  patientId: Id,
  patientName: z.string(),
  bornOn: z.string().nullable(),
  phone: z.string(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id,
  physicianName: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  minutes: z.number(),
  arrivedAt: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  score: z.number().describe('the higher, the more urgent'),
  reasons: z.array(Reason).describe('why it stands where it stands in the list'),
});
export type Affected = z.infer<typeof Affected>;

const place = {
  startsAt: Instant,
  siteId: Id,
  physicianId: Id,
  resourceIds: z.array(Id).max(10).describe('rooms and devices'),
};

/** What is proposed for a visit. It names nobody, so that what is restricted can be rescued unseen. */
export const Proposal = z.object({
  visitId: Id,
  choice: Choice,
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  siteId: Id.nullable(),
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id.nullable(),
  physicianName: z.string(),
  resourceIds: z.array(Id),
  resourceNames: z.array(z.string()),
  holdId: Id.nullable(),
  /** later in the same session, after those before it */
  shift: z.boolean(),
  /** "2 hours later", "tomorrow, same time · Dr. Okoye", or why there is none */
  text: z.string(),
});
export type Proposal = z.infer<typeof Proposal>;

export const RescuePlan = z.object({
  physicianId: Id,
  physicianName: z.string(),
  kind: z.enum(['out', 'late']),
  fromAt: z.string(),
  toAt: z.string(),
  timeZone: z.string(),
  label: z.string().describe('"out Wed, Mar 4", "late by 40 minutes"'),
  absenceId: Id.nullable(),
  closes: z.boolean().describe('committing closes the time; an absence has closed it already'),
  people: z.array(Affected).describe('the most urgent first'),
  proposals: z.array(Proposal).describe('one for each, in the same order'),
  unplaced: z.number(),
  meanDelayMinutes: z.number(),
  heldUntil: z.string().nullable().describe('nobody else books the places proposed until then'),
});
export type RescuePlan = z.infer<typeof RescuePlan>;

export const TakenPlace = z.object({ visitId: Id, ...place });
export type TakenPlace = z.output<typeof TakenPlace>;

/** Another place for one of them, beside what the others have. */
export const AnotherAsked = RescueAsked.extend({
  fromAt: Instant,
  toAt: Instant,
  visitId: Id,
  otherPhysician: z
    .boolean()
    .default(false)
    .describe('with another than the one of the place that is given up'),
  not: z
    .array(z.object({ startsAt: Instant, physicianId: Id }))
    .max(60)
    .default([]),
  taken: z.array(TakenPlace).max(200).default([]).describe('what is proposed for the others and not held'),
  releases: Id.optional().describe('the hold of the place that is given up'),
});
export type AnotherAsked = z.output<typeof AnotherAsked>;

export const Chosen = z.object({
  visitId: Id,
  version: Version,
  choice: Choice,
  startsAt: Instant.optional(),
  siteId: Id.optional(),
  physicianId: Id.optional(),
  resourceIds: z.array(Id).max(10).default([]),
  holdId: Id.nullable().default(null),
});
export type Chosen = z.output<typeof Chosen>;

export const NewRescue = z
  .object({
    physicianId: Id,
    kind: z.enum(['out', 'late']),
    fromAt: Instant,
    toAt: Instant,
    reason: z.string().trim().max(200).default(''),
    absenceId: Id.optional(),
    lines: z
      .array(Chosen)
      .min(1, 'Nobody is affected.')
      .max(200, 'At most 200 visits at once: take fewer days.'),
  })
  .refine((one) => Date.parse(one.toAt) > Date.parse(one.fromAt), {
    path: ['toAt'],
    message: 'It ends after it begins.',
  });
export type NewRescue = z.output<typeof NewRescue>;

export const answers = ['open', 'told', 'agreed', 'refused', 'owed', 'done', 'undone'] as const;
export const Answer = z.enum(answers);
export type Answer = z.infer<typeof Answer>;

export const toldKinds = ['no-answer', 'left-message', 'agreed', 'refused'] as const;
export const ToldKind = z.enum(toldKinds);
export type ToldKind = z.infer<typeof ToldKind>;

export const Rescue = z.object({
  rescueId: Id,
  version: z.number(),
  physicianId: Id,
  physicianName: z.string(),
  kind: z.enum(['out', 'late']),
  fromAt: z.string(),
  toAt: z.string(),
  reason: z.string(),
  closed: z.boolean().describe('it closed the time, and that stands'),
  madeAt: z.string(),
  madeByName: z.string(),
  undoneAt: z.string().nullable(),
  counts: z.object({
    all: z.number(),
    agreed: z.number(),
    waiting: z.number().describe('not reached, or without an answer'),
    refused: z.number(),
    owed: z.number(),
  }),
});
export type Rescue = z.infer<typeof Rescue>;

export const RescueLine = z.object({
  lineId: Id,
  version: z.number(),
  visitId: Id,
  visitVersion: z.number(),
  visitState: VisitState,
  patientId: Id,
  patientName: z.string(),
  bornOn: z.string().nullable(),
  phone: z.string(),
  language: z.string().describe("'' unless an interpreter is needed"),
  visitTypeId: Id,
  visitTypeName: z.string(),
  timeZone: z.string(),
  reasons: z.array(z.string()),
  choice: Choice,
  fromStartsAt: z.string(),
  fromPhysicianName: z.string(),
  toStartsAt: z.string().nullable(),
  toPhysicianName: z.string(),
  /** the visit was changed otherwise since: whoever did it has spoken with them */
  overtaken: z.boolean(),
  answer: Answer,
  tries: z.number(),
  lastTold: z.string().describe("'no-answer', 'agreed' …; '' when nothing was tried"),
  lastToldAt: z.string().nullable(),
  lastToldBy: z.string(),
  note: z.string(),
  ownerStaffId: Id.nullable(),
  ownerName: z.string(),
  ownerRole: z.string().nullable(),
  dueAt: z.string().nullable(),
});
export type RescueLine = z.infer<typeof RescueLine>;

const Note = z.string().trim().max(500, 'Keep it under 500 letters.').default('');
export const SayTold = z.object({ version: Version, kind: ToldKind, note: Note });
export type SayTold = z.output<typeof SayTold>;

export const TakeAnother = z.object({ version: Version, ...place, holdId: Id.nullable().default(null) });
export type TakeAnother = z.output<typeof TakeAnother>;

export const ToRebook = z.object({
  version: Version,
  ownerStaffId: Id.nullable().default(null),
  ownerRole: z.enum(roleKeys).nullable().default(null),
  dueAt: Instant,
  note: Note,
});
export type ToRebook = z.output<typeof ToRebook>;
