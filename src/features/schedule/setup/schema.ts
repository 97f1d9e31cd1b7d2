import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';

const CalendarDate = z.string().refine(isDate, 'Give a date like 2026-03-04.');
const StartTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 09:30.');
const EndTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time like 17:00.');
const Version = z.number().int().min(1);

export const ResourceKind = z.enum(['physician', 'room', 'device']);
export type ResourceKind = z.infer<typeof ResourceKind>;

export const ResourceRow = z.object({
  resourceId: Id,
  kind: ResourceKind,
  name: z.string(),
  siteId: Id.nullable().describe('where a room or device stands'),
  staffId: Id.nullable().describe('who a physician is'),
  capacity: z.number().describe('how many visits at once'),
  active: z.boolean(),
  position: z.number(),
  version: z.number(),
});
export type ResourceRow = z.infer<typeof ResourceRow>;

const resourceFields = {
  name: z.string().trim().min(1, 'Give it a name.').max(100),
  siteId: Id.nullable(),
  capacity: z.number().int().min(1, 'At least one visit at once.').max(50, 'At most 50 visits at once.'),
};

export const NewResource = z.object({
  kind: ResourceKind,
  ...resourceFields,
  siteId: Id.nullable().default(null),
  staffId: Id.nullable().default(null),
  capacity: resourceFields.capacity.default(1),
});
export type NewResource = z.input<typeof NewResource>;

export const ResourceChange = z
  .object({ ...resourceFields, active: z.boolean() })
  .partial()
  .extend({ version: Version });
export type ResourceChange = z.output<typeof ResourceChange>;

export const Need = z.object({
  kind: z.enum(['room', 'device']),
  resourceIds: z
    .array(Id)
    .max(100)
    .default([])
    .describe('any one of these; none: any of the kind at the site'),
});
export type Need = z.output<typeof Need>;

const Minutes = z.number().int().min(5, 'At least 5 minutes.').max(720, 'At most 12 hours.');
const Buffer = z.number().int().min(0, 'Not less than 0.').max(120, 'At most 2 hours.');

export const NoticeHours = z
  .number()
  .int('Whole hours.')
  .min(0, 'At least 0 hours.')
  .max(336, 'At most 336 hours.');
const OwnNotice = NoticeHours.nullable().describe(
  'who cancels or moves later than so many hours before does it late; null: as the practice wants',
);

const visitTypeFields = {
  name: z.string().trim().min(1, 'Give the visit type a name.').max(100),
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9]{1,8}$/, 'A short code of small letters and digits, at most 8, like np.')
    .describe('what the line understands: fu, np, px'),
  minutes: Minutes,
  bufferBeforeMinutes: Buffer,
  bufferAfterMinutes: Buffer,
  color: z.string().regex(/^#[0-9a-f]{6}$/, 'A color like #0e6b68.'),
  minutesByPhysician: z.record(Id, Minutes),
  needs: z.array(Need).max(10),
  physicianIds: z.array(Id).max(100).describe('who does it; none: every physician'),
  noticeHours: OwnNotice,
};

export const NewVisitType = z.object({
  ...visitTypeFields,
  bufferBeforeMinutes: Buffer.default(0),
  bufferAfterMinutes: Buffer.default(0),
  color: visitTypeFields.color.default('#0e6b68'),
  minutesByPhysician: visitTypeFields.minutesByPhysician.default({}),
  needs: visitTypeFields.needs.default([]),
  physicianIds: visitTypeFields.physicianIds.default([]),
  noticeHours: OwnNotice.default(null),
});
export type NewVisitType = z.input<typeof NewVisitType>;

export const VisitTypeChange = z
  .object({ ...visitTypeFields, active: z.boolean() })
  .partial()
  .extend({ version: Version });
export type VisitTypeChange = z.output<typeof VisitTypeChange>;

export const VisitTypeRow = z.object({
  visitTypeId: Id,
  name: z.string(),
  code: z.string(),
  minutes: z.number(),
  bufferBeforeMinutes: z.number(),
  bufferAfterMinutes: z.number(),
  color: z.string(),
  minutesByPhysician: z.record(z.string(), z.number()),
  needs: z.array(Need),
  physicianIds: z.array(Id),
  noticeHours: OwnNotice,
  active: z.boolean(),
  position: z.number(),
  version: z.number(),
});
export type VisitTypeRow = z.infer<typeof VisitTypeRow>;

/** What the day, booking and the line need as vocabulary: all that is in use, in its order. */
export const SetupSummary = z.object({
  sites: z.array(z.object({ siteId: Id, name: z.string(), timeZone: z.string() })),
  physicians: z.array(ResourceRow),
  rooms: z.array(ResourceRow),
  devices: z.array(ResourceRow),
  visitTypes: z.array(VisitTypeRow),
});
export type SetupSummary = z.infer<typeof SetupSummary>;

/** Hours of one weekday (1 Monday to 7 Sunday) in the wall time of the site. */
export const WeekRow = z.object({
  weekday: z.number().int().min(1).max(7),
  siteId: Id,
  startsLocal: StartTime,
  endsLocal: EndTime,
  slotCodeId: Id.nullable().default(null).describe('what the span is kept for; null: nothing in particular'),
  everyWeeks: z.number().int().min(1).max(8).default(1).describe('2: in every other week'),
  weekOf: CalendarDate.nullable().default(null).describe('the Monday from which the weeks are counted'),
});
export type WeekRow = z.output<typeof WeekRow>;
/** What is left out is plain time of every week. */
export type TypedWeekRow = z.input<typeof WeekRow>;

export const NewWeek = z.object({
  version: Version.describe('of the resource'),
  from: CalendarDate.describe('the first day of the new hours'),
  rows: z
    .array(WeekRow)
    .max(70)
    .describe('none: a physician no longer works; a room or device is there whenever its site is'),
});
export type NewWeek = z.input<typeof NewWeek>;

export const HoursRow = WeekRow.extend({
  hoursId: Id,
  startsLocal: z.string(),
  endsLocal: z.string(),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable().describe('the last day; null: until further notice'),
});
export type HoursRow = z.infer<typeof HoursRow>;

export const ExceptionRow = z.object({
  exceptionId: Id,
  onDate: z.string(),
  kind: z.enum(['opening', 'closing']),
  siteId: Id.nullable(),
  startsLocal: z.string().nullable().describe('null: the whole day'),
  endsLocal: z.string().nullable(),
  note: z.string(),
  version: z.number(),
});
export type ExceptionRow = z.infer<typeof ExceptionRow>;

/** One day, or every day from `from` to `to`, that differs. */
export const NewException = z.object({
  kind: z.enum(['opening', 'closing']),
  from: CalendarDate,
  to: CalendarDate.optional().describe('left out: one day'),
  siteId: Id.nullable().default(null).describe('where an opening is; a closing of all sites has none'),
  startsLocal: StartTime.nullable().default(null),
  endsLocal: EndTime.nullable().default(null),
  note: z.string().trim().max(200).default(''),
});
export type NewException = z.input<typeof NewException>;

/** A booked visit that no longer lies within the hours of all that it needs. */
export const OutsideVisit = z.object({
  visitId: Id,
  startsAt: z.string(),
  siteId: Id,
  physicianId: Id,
  because: z.string().describe('who or what is not there, and why'),
});
export type OutsideVisit = z.infer<typeof OutsideVisit>;

/** What a change of hours leaves behind; nothing is moved by itself. */
export const Outside = z.object({ count: z.number(), visits: z.array(OutsideVisit) });
export type Outside = z.infer<typeof Outside>;
