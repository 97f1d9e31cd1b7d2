import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';
import { Minutes } from '../visits/schema.ts';

export const CalendarDate = z.string().refine(isDate, 'Give a date like 2026-03-04.');
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time like 09:30.');

/** The longest search, in days. */
export const longestSearchDays = 180;

export const FindOpenings = z.object({
  visitTypeId: Id,
  minutes: Minutes.optional().describe('left out: as the visit type says for each physician'),
  physicianIds: z.array(Id).max(50).default([]).describe('any of these; none: every physician of the type'),
  siteId: Id.optional(),
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .max(7)
    .default([])
    .describe('1 Monday to 7 Sunday; none: all'),
  times: z
    .array(z.object({ from: TimeOfDay, to: TimeOfDay }))
    .max(10)
    .default([])
    .describe('times of day, in the wall time of the site; none: all'),
  from: CalendarDate.optional().describe('left out: today'),
  to: CalendarDate.optional().describe('left out: 30 days on; at most 180 days after from'),
  aroundDate: CalendarDate.optional().describe(
    'the days nearest this date first; from and to then default to 14 days on either side',
  ),
  patientId: Id.optional().describe('leaves out times at which this person has another visit'),
  ignoreVisitId: Id.optional().describe('a visit that is about to move does not stand in its own way'),
  limit: z.number().int().min(1).max(50).default(5),
});
export type FindOpenings = z.output<typeof FindOpenings>;

/** A time that can be booked as it is: POST /api/visits with these fields, a patient and the visit type. */
export const Opening = z.object({
  startsAt: z.string(),
  endsAt: z.string(),
  minutes: z.number(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id,
  physicianName: z.string(),
  /** Rooms and devices that are free and fit. */
  resourceIds: z.array(Id),
  resourceNames: z.array(z.string()),
  label: z.string().describe('in the wall time of the site: "Tue, Mar 10, 10:30 am"'),
  reasons: z.array(z.string()).describe('why it fits, a few words each'),
});
export type Opening = z.infer<typeof Opening>;

export const OpeningsFound = z.object({
  openings: z.array(Opening),
  /** Only when there are none: what stands in the way, most telling first. */
  blocked: z.array(z.string()),
  /** Only when there are none: the nearest that would do, each with what is different about it. */
  nearest: z.array(Opening),
  from: z.string(),
  to: z.string(),
});
export type OpeningsFound = z.infer<typeof OpeningsFound>;
