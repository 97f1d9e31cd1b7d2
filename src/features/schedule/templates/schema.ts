import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';
import { Outside, WeekRow } from '../setup/schema.ts';

const CalendarDate = z.string().refine(isDate, 'Give a date like 2026-03-04.');
const Version = z.number().int().min(1);

/** The most weeks that may take turns. */
export const weeksAtMost = 8;

export const TemplateRow = WeekRow.omit({ everyWeeks: true, weekOf: true }).extend({
  week: z.number().int().min(1).max(weeksAtMost).default(1).describe('1: week A'),
});
export type TemplateRow = z.output<typeof TemplateRow>;

const templateFields = {
  name: z.string().trim().min(1, 'Give the template a name.').max(80),
  weeks: z.number().int().min(1).max(weeksAtMost).describe('2: weeks A and B in turn'),
  rows: z.array(TemplateRow).max(300),
};

export const NewTemplate = z.object({ ...templateFields, weeks: templateFields.weeks.default(1) });
export type NewTemplate = z.input<typeof NewTemplate>;

export const TemplateChange = z
  .object({ ...templateFields, active: z.boolean() })
  .partial()
  .extend({ version: Version });
export type TemplateChange = z.output<typeof TemplateChange>;

export const WeekTemplate = z.object({
  templateId: Id,
  name: z.string(),
  weeks: z.number(),
  rows: z.array(TemplateRow),
  active: z.boolean(),
  version: z.number(),
});
export type WeekTemplate = z.infer<typeof WeekTemplate>;

export const Application = z.object({
  applicationId: Id,
  templateId: Id,
  templateVersion: z.number(),
  resourceIds: z.array(Id),
  fromDate: z.string(),
  toDate: z.string().nullable().describe('the last day; null: until further notice'),
  weekOf: z.string().describe('the Monday of a week A'),
  appliedAt: z.string(),
  byName: z.string(),
});
export type Application = z.infer<typeof Application>;

export const ApplyTemplate = z.object({
  version: Version.describe('of the template that was seen'),
  resourceIds: z.array(Id).min(1, 'Choose who works by it.').max(100),
  from: CalendarDate.describe('the first day'),
  to: CalendarDate.nullable().default(null).describe('the last day; null: until further notice'),
  weekOf: CalendarDate.optional().describe('a day of a week A; left out: the week of the first day'),
});
export type ApplyTemplate = z.output<typeof ApplyTemplate>;

/** What would change for one of them, in minutes of the days looked at. */
export const Effect = z.object({
  resourceId: Id,
  name: z.string(),
  beforeMinutes: z.number(),
  afterMinutes: z.number(),
  gainedMinutes: z.number().describe('open then and not now'),
  lostMinutes: z.number().describe('open now and not then'),
  kept: z.array(z.object({ code: z.string(), beforeMinutes: z.number(), afterMinutes: z.number() })),
});
export type Effect = z.infer<typeof Effect>;

export const Preview = z.object({
  from: z.string(),
  to: z.string().describe('the last day looked at'),
  effects: z.array(Effect),
  outside: Outside,
});
export type Preview = z.infer<typeof Preview>;
