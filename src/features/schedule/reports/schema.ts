import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { CalendarDate } from '../openings/schema.ts';
import { CancelReason } from '../visits/schema.ts';

/** By what the visits of a report are told apart. */
export const outcomeGroups = ['physician', 'visit-type', 'weekday', 'lead', 'month'] as const;
export const OutcomeGroup = z.enum(outcomeGroups);
export type OutcomeGroup = z.infer<typeof OutcomeGroup>;

export const longestReportDays = 366;

const days = {
  from: CalendarDate.describe('first day, in the zone of the site'),
  to: CalendarDate.describe(`last day, at most ${longestReportDays} days`),
};

/** What became of visits, by the day for which they stood in the end. */
export const Outcomes = z.object({
  visits: z.number().describe('all but those entered in error'),
  kept: z.number().describe('checked out'),
  open: z.number().describe('booked, or in the office'),
  noShows: z.number(),
  leftUnseen: z.number().describe('came, and left without being seen'),
  cancelledByPatient: z.number(),
  cancelledByPractice: z.number(),
  lateCancels: z.number().describe('of those cancelled by the patient: within the hours of notice'),
  lateMoves: z.number().describe('visits that the patient moved within the hours of notice'),
});
export type Outcomes = z.infer<typeof Outcomes>;

export const OutcomeRow = Outcomes.extend({
  key: z.string().describe('an id, 1 to 7 (Monday to Sunday), a stretch of days ahead, or 2026-03'),
  label: z.string(),
});
export type OutcomeRow = z.infer<typeof OutcomeRow>;

export const OutcomesAsked = z.object({ ...days, by: OutcomeGroup.default('physician') });
export const OutcomesReport = z.object({
  rows: z.array(OutcomeRow),
  all: Outcomes,
  /** The practice's own, of the year before the first day. */
  baseline: Outcomes,
  baselineFrom: z.string(),
});
export type OutcomesReport = z.infer<typeof OutcomesReport>;

export const ReasonsAsked = z.object(days);
export const ReasonsReport = z.object({
  rows: z.array(z.object({ reason: CancelReason, visits: z.number(), late: z.number() })),
});
export type ReasonsReport = z.infer<typeof ReasonsReport>;

export const UtilizationAsked = z.object(days);
/** Minutes of a physician in a week. Blocks are no hours; what is booked over another counts. */
export const UtilizationRow = z.object({
  physicianId: Id,
  physicianName: z.string(),
  weekOf: z.string().describe('its Monday'),
  openMinutes: z.number().describe('hours without blocks, closures and busy time of outside calendars'),
  bookedMinutes: z.number().describe('visits that were not cancelled, no-shows among them'),
  keptMinutes: z.number(),
  missedMinutes: z.number(),
});
export type UtilizationRow = z.infer<typeof UtilizationRow>;
export const UtilizationReport = z.object({ rows: z.array(UtilizationRow) });

export const ThirdNextAsked = z.object({ visitTypeId: Id });
export const ThirdNextRow = z.object({
  physicianId: Id,
  physicianName: z.string(),
  firstAt: z.string().nullable(),
  thirdAt: z.string().nullable().describe('null: fewer than three within the days looked at'),
  days: z.number().nullable().describe('calendar days from today until the third'),
  timeZone: z.string(),
});
export type ThirdNextRow = z.infer<typeof ThirdNextRow>;
export const ThirdNextReport = z.object({ rows: z.array(ThirdNextRow), lookedDays: z.number() });
