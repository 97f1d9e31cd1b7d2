import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';

const CalendarDate = z.string().refine(isDate, 'Give a date like 2026-03-04.');
const StartTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 12:00.');
const EndTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Give a time like 17:00.');

export const RuleEffect = z.enum(['refuse', 'warn']);
export const RulePatients = z.enum(['any', 'new', 'established']);
export const LimitPer = z.enum(['day', 'half-day']);

const ruleFields = {
  words: z.string().trim().min(3, 'Say it in your words, like: No physicals on Friday afternoons.').max(200),
  effect: RuleEffect.describe('warn: whoever books may go on with a reason'),
  visitTypeIds: z.array(Id).max(100).describe('none: every visit type'),
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).describe('1 Monday to 7 Sunday; none: every day'),
  physicianIds: z.array(Id).max(100).describe('none: every physician'),
  startsLocal: StartTime.nullable().describe('when the visit starts; null: the whole day'),
  endsLocal: EndTime.nullable(),
  fromDate: CalendarDate.nullable(),
  toDate: CalendarDate.nullable(),
  patients: RulePatients.describe('new: not seen here within three years'),
  limitCount: z.number().int().min(1, 'At least 1.').max(200, 'At most 200.').nullable(),
  limitPer: LimitPer.nullable().describe('with limitCount: so many such visits per physician'),
};

export const NewBookingRule = z.object({
  ...ruleFields,
  effect: ruleFields.effect.default('refuse'),
  visitTypeIds: ruleFields.visitTypeIds.default([]),
  weekdays: ruleFields.weekdays.default([]),
  physicianIds: ruleFields.physicianIds.default([]),
  startsLocal: ruleFields.startsLocal.default(null),
  endsLocal: ruleFields.endsLocal.default(null),
  fromDate: ruleFields.fromDate.default(null),
  toDate: ruleFields.toDate.default(null),
  patients: ruleFields.patients.default('any'),
  limitCount: ruleFields.limitCount.default(null),
  limitPer: ruleFields.limitPer.default(null),
});
export type NewBookingRule = z.input<typeof NewBookingRule>;

export const BookingRuleChange = z
  .object({ ...ruleFields, active: z.boolean() })
  .partial()
  .extend({ version: z.number().int().min(1) });
export type BookingRuleChange = z.output<typeof BookingRuleChange>;

export const BookingRuleRow = z.object({
  ruleId: Id,
  words: z.string(),
  effect: RuleEffect,
  visitTypeIds: z.array(Id),
  weekdays: z.array(z.number()),
  physicianIds: z.array(Id),
  startsLocal: z.string().nullable(),
  endsLocal: z.string().nullable(),
  fromDate: z.string().nullable(),
  toDate: z.string().nullable(),
  patients: RulePatients,
  limitCount: z.number().nullable(),
  limitPer: LimitPer.nullable(),
  active: z.boolean(),
  position: z.number(),
  version: z.number(),
});
export type BookingRuleRow = z.infer<typeof BookingRuleRow>;

/** "Would this be allowed?": a visit that nobody asked for yet. */
export const TryBooking = z.object({
  visitTypeId: Id,
  physicianId: Id,
  date: CalendarDate,
  time: StartTime.describe('in the wall time of the site where the physician is then'),
  isNew: z.boolean().default(false).describe('for a new patient'),
});
export type TryBooking = z.output<typeof TryBooking>;

export const Tried = z.object({
  obstacles: z
    .array(
      z.object({
        text: z.string(),
        permission: z.string().nullable().describe('who holds it may book all the same; null: nobody'),
      }),
    )
    .describe('none: it could be booked as it is'),
  because: z.string().nullable().describe('the slot code in which it would stand'),
  siteName: z.string(),
});
export type Tried = z.infer<typeof Tried>;
