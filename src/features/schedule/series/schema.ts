import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { CalendarDate, Opening } from '../openings/schema.ts';
import { BookVisit, CancelReason, Minutes, Version, VisitState } from '../visits/schema.ts';

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 09:30.');

/** When the visits of a series are wanted, as a clock on the wall of the site shows it. */
export const SeriesPattern = z
  .object({
    startsOn: CalendarDate,
    time: WallTime,
    every: z.number().int().min(1).max(52).default(1),
    unit: z.enum(['day', 'week', 'month']).default('week'),
    weekdays: z
      .array(z.number().int().min(1).max(7))
      .max(7)
      .default([])
      .describe('of a weekly pattern: 1 Monday to 7 Sunday; none: the weekday of the start'),
    monthly: z
      .enum(['date', 'weekday'])
      .default('date')
      .describe('of a monthly pattern: the same day of the month, or the same weekday of it'),
    count: z.number().int().min(2, 'A series has at least two visits.').max(104).optional(),
    until: CalendarDate.optional().describe('the last day; give this or `count`'),
  })
  .refine((one) => (one.count === undefined) !== (one.until === undefined), {
    message: 'Say how many visits, or until when.',
    path: ['count'],
  });
export type SeriesPattern = z.output<typeof SeriesPattern>;

/** What is to become of one place, where it is not to be as the pattern wants it. */
export const PlaceChoice = z.object({
  placeNo: z.number().int().min(1).max(104),
  choice: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('instead'),
      startsAt: z.iso.datetime({ offset: true }),
      physicianId: Id.optional(),
      resourceIds: z.array(Id).max(10).optional(),
    }),
    z.object({ kind: z.literal('owe') }).describe('not now: the office still owes it'),
    z.object({ kind: z.literal('give-up'), reason: z.string().trim().max(300).default('') }),
  ]),
});
export type PlaceChoice = z.output<typeof PlaceChoice>;

export const BookSeries = BookVisit.omit({ startsAt: true, overrideReason: true }).extend({
  pattern: SeriesPattern,
  choices: z.array(PlaceChoice).max(104).default([]),
});
export type BookSeries = z.output<typeof BookSeries>;

/** What became of one place, or would: `owed` says in `why` what is in the way. */
export const PlaceResult = z.object({
  placeNo: z.number(),
  wantedAt: z.string(),
  state: z.enum(['booked', 'owed', 'given_up']),
  why: z.string(),
  startsAt: z.string().optional().describe('of the visit booked'),
  physicianName: z.string().optional(),
  visitId: Id.optional().describe('left out of a preview'),
  alternatives: z.array(Opening).describe('of a place in whose way something is: the nearest of that day'),
});
export type PlaceResult = z.infer<typeof PlaceResult>;

export const SeriesPlace = z.object({
  placeNo: z.number(),
  wantedAt: z.string(),
  state: z.enum(['booked', 'owed', 'given_up']),
  why: z.string(),
  visit: z
    .object({
      visitId: Id,
      version: z.number(),
      state: VisitState,
      startsAt: z.string(),
      endsAt: z.string(),
      physicianId: Id,
      physicianName: z.string(),
      cancelReason: CancelReason.nullable(),
      movedByHand: z.boolean().describe('stands at another time or with another physician than the series'),
    })
    .nullable(),
});
export type SeriesPlace = z.infer<typeof SeriesPlace>;

export const Series = z.object({
  seriesId: Id,
  version: z.number(),
  patientId: Id,
  patientName: z.string(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id,
  physicianName: z.string(),
  minutes: z.number(),
  pattern: SeriesPattern,
  label: z.string().describe('the pattern in words'),
  createdAt: z.string(),
  places: z.array(SeriesPlace),
  undo: z
    .object({ editNo: z.number(), kind: z.enum(['moved', 'cancelled']), visits: z.number() })
    .nullable()
    .describe('the edit that /undo would take back'),
});
export type Series = z.infer<typeof Series>;

export const SeriesChange = z
  .object({
    time: WallTime.optional(),
    days: z.number().int().min(-60).max(60).optional().describe('so many days later; earlier when negative'),
    minutes: Minutes.optional(),
    physicianId: Id.optional(),
    resourceIds: z.array(Id).max(10).optional().describe('rooms and devices that each must have'),
  })
  .refine((one) => Object.values(one).some((part) => part !== undefined), 'Say what changes.');

export const EditSeries = z.object({
  version: Version,
  scope: z.enum(['one', 'following', 'all']),
  fromNo: z.number().int().min(1).max(104).describe('the place that was opened: this one, or this and later'),
  movedToo: z
    .boolean()
    .default(false)
    .describe('times also of visits that were moved by hand; false leaves those where they are'),
  edit: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('move'), change: SeriesChange }),
    z.object({
      kind: z.literal('cancel'),
      reason: CancelReason,
      text: z.string().trim().max(300).default(''),
    }),
  ]),
});
export type EditSeries = z.output<typeof EditSeries>;

/** What became of one visit by an edit, or would. */
export const EditResult = z.object({
  placeNo: z.number(),
  visitId: Id,
  outcome: z.enum(['changed', 'stays']),
  why: z.string().describe('of one that stays: what is in the way, or why it is left alone'),
  startsAt: z.string(),
  physicianName: z.string(),
  resourceNames: z.array(z.string()).describe('its rooms and devices'),
  fromStartsAt: z.string(),
});
export type EditResult = z.infer<typeof EditResult>;

export const BookPlace = z.object({
  version: Version,
  startsAt: z.iso.datetime({ offset: true }),
  physicianId: Id.optional(),
  resourceIds: z.array(Id).max(10).default([]),
  overrideReason: z.string().trim().min(3, 'Say why, in a few words.').max(300).optional(),
});
export type BookPlace = z.output<typeof BookPlace>;

export const GiveUpPlace = z.object({
  version: Version,
  reason: z.string().trim().min(3, 'Say why, in a few words.').max(300),
});
