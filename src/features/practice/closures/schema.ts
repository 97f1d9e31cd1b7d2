import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';

const ClosedDate = z.string().refine(isDate, 'Give a date like 2026-07-03.');

export const ClosureRow = z.object({
  closureId: Id,
  onDate: z.string(),
  name: z.string(),
  siteId: Id.nullable().describe('null: the whole practice'),
  version: z.number(),
});
export type ClosureRow = z.infer<typeof ClosureRow>;

export const NewClosure = z.object({
  onDate: ClosedDate,
  name: z.string().trim().min(1, 'Say why, e.g. Thanksgiving Day.').max(100),
  siteId: Id.nullable().default(null),
});
export type NewClosure = z.output<typeof NewClosure>;

export const HolidayRow = z.object({
  name: z.string(),
  onDate: z.string(),
  observedOn: z.string().describe('the weekday on which offices are closed for it'),
  closureId: Id.nullable().describe('the closure of the whole practice on that day, if there is one'),
});
export type HolidayRow = z.infer<typeof HolidayRow>;
