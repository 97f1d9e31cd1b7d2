import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { Block } from '../blocks/schema.ts';
import { FlowLimits } from '../flow/schema.ts';
import { Hold } from '../holds/schema.ts';
import { CancelReason, VisitState } from '../visits/schema.ts';

/** A visit in the grid. What does not apply is left out. */
export const DayVisit = z.object({
  visitId: Id,
  version: z.number(),
  state: VisitState,
  patientId: Id,
  patient: z.string().describe('short: "Smith, Jo"'),
  preferred: z.string().optional(),
  visitTypeId: Id,
  /** Physician first, then rooms and devices: the columns in which it stands. */
  resourceIds: z.array(Id),
  siteId: Id,
  startsAt: z.string(),
  endsAt: z.string(),
  reason: z.string().optional(),
  confirmed: z.literal(true).optional(),
  arrivedAt: z.string().optional(),
  inRoomAt: z.string().optional(),
  withPhysicianAt: z.string().optional(),
  checkedOutAt: z.string().optional(),
  cancelReason: CancelReason.optional(),
  overbooked: z.literal(true).optional(),
  hasNote: z.literal(true).optional(),
  /** On whose pinboard it is. */
  pinnedBy: z.string().optional(),
  noPhone: z.literal(true).optional(),
  noAddress: z.literal(true).optional(),
  /** Waiting longer than the office's limit as of `now` (flow/rules.ts: isOverWait). */
  waitsLong: z.literal(true).optional(),
  sessionId: Id.optional().describe('a seat of that group'),
  walkIn: z.literal(true).optional().describe('came without a visit'),
  seriesId: Id.optional(),
  seriesNo: z.number().optional().describe('its place in the series'),
});
export type DayVisit = z.infer<typeof DayVisit>;

export const Working = z.object({ siteId: Id, startsAt: z.string(), endsAt: z.string() });

/** A stretch of the day, nothing else is told of it. */
export const Busy = z.object({ startsAt: z.string(), endsAt: z.string() });
export type Busy = z.infer<typeof Busy>;
/** Hours that a slot code keeps. */
export const Coded = z.object({ siteId: Id, startsAt: z.string(), endsAt: z.string(), slotCodeId: Id });
export type Coded = z.infer<typeof Coded>;

export const DaySlotCode = z.object({
  slotCodeId: Id,
  code: z.string(),
  name: z.string(),
  color: z.string(),
  visitTypeIds: z.array(Id).describe('what may be booked there; empty: all'),
  releaseHours: z.number().nullable(),
});
export type DaySlotCode = z.infer<typeof DaySlotCode>;

export const DayResource = z.object({
  resourceId: Id,
  kind: z.enum(['physician', 'room', 'device']),
  name: z.string(),
  /** Where a room or device stands. */
  siteId: Id.optional(),
  capacity: z.number(),
  /** When it can be booked; empty with `away` saying why. */
  working: z.array(Working),
  coded: z.array(Coded).optional(),
  away: z.string().optional(),
  busy: z.array(Busy).optional().describe('by calendars outside the office'),
});
export type Working = z.infer<typeof Working>;
export type DayResource = z.infer<typeof DayResource>;

export const DayVisitType = z.object({
  visitTypeId: Id,
  name: z.string(),
  code: z.string(),
  color: z.string(),
  minutes: z.number(),
  bufferBeforeMinutes: z.number(),
  bufferAfterMinutes: z.number(),
  minutesByPhysician: z.record(z.string(), z.number()),
  physicianIds: z.array(Id).describe('who does it; empty: all'),
  noticeHours: z.number().describe('who moves later than so many hours before does it late'),
  active: z.boolean(),
});
export type DayVisitType = z.infer<typeof DayVisitType>;

export const DaySite = z.object({ siteId: Id, name: z.string(), timeZone: z.string() });
export const DayClosure = z.object({
  onDate: z.string(),
  name: z.string(),
  siteId: Id.optional().describe('left out: the whole practice'),
});
export type DayClosure = z.infer<typeof DayClosure>;
export type DaySite = z.infer<typeof DaySite>;

/** A group session: one block of the grid. */
export const DayGroup = z.object({
  sessionId: Id,
  name: z.string(),
  visitTypeId: Id,
  siteId: Id,
  resourceIds: z.array(Id).describe('the physician first'),
  startsAt: z.string(),
  endsAt: z.string(),
  capacity: z.number(),
  taken: z.number(),
});
export type DayGroup = z.infer<typeof DayGroup>;

export const DayCounts = z.object({
  visits: z.number().describe('that take or took place'),
  openMinutes: z.number().describe('of physicians, still free from now on'),
  waiting: z.number().describe('arrived and in no room yet'),
  waitingLong: z.number(),
  unconfirmed: z.number(),
  checkedOut: z.number(),
  noShows: z.number(),
  cancelled: z.number(),
});
export type DayCounts = z.infer<typeof DayCounts>;

export const Day = z.object({
  date: z.string(),
  now: z.string().describe("the office's clock"),
  /** First and last instant of the day in the first site's zone. */
  startsAt: z.string(),
  endsAt: z.string(),
  sites: z.array(DaySite),
  /** In the order of the columns: physicians, rooms, devices. */
  resources: z.array(DayResource),
  visitTypes: z.array(DayVisitType),
  /** Those in use. */
  slotCodes: z.array(DaySlotCode),
  /** By start, then physician. Cancelled and missed ones too (not in the way); never those entered in error. */
  visits: z.array(DayVisit),
  /** Openings held for a call; each is over at its `expiresAt`, also without a new answer. */
  holds: z.array(Hold),
  groups: z.array(DayGroup).describe('sessions that take place; their visits are among the visits'),
  /** One-off closings with times: lunch, rounds, a meeting. */
  blocks: z.array(Block),
  closures: z.array(DayClosure),
  /** One-off openings and closings that carry a note: "Dr. Lee is away: conference". */
  notes: z.array(z.string()),
  counts: DayCounts,
  limits: FlowLimits.describe('from when on a wait is too long'),
});
export type Day = z.infer<typeof Day>;

export const Week = z.object({
  physicianId: Id,
  physicianName: z.string(),
  now: z.string(),
  sites: z.array(DaySite),
  visitTypes: z.array(DayVisitType),
  slotCodes: z.array(DaySlotCode),
  limits: FlowLimits,
  holds: z.array(Hold),
  blocks: z.array(Block),
  /** Monday to Sunday. */
  days: z.array(
    z.object({
      date: z.string(),
      working: z.array(Working),
      coded: z.array(Coded).optional(),
      away: z.string().optional(),
      busy: z.array(Busy).optional(),
      closures: z.array(DayClosure),
      visits: z.array(DayVisit),
      groups: z.array(DayGroup),
    }),
  ),
});
export type Week = z.infer<typeof Week>;
