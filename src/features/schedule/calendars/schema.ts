import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const CalendarRow = z.object({
  calendarId: Id,
  physicianId: Id,
  physicianName: z.string(),
  name: z.string(),
  byAddress: z.boolean().describe('read every 15 minutes; else a file that was given once'),
  readAt: z.string().nullable(),
  fault: z.string().describe("'': the last try went well"),
  skipped: z.number().describe('events that could not be read'),
  busyCount: z.number().describe('busy times ahead'),
  pausedAt: z.string().nullable().describe('since when it is not read and takes no time'),
  version: z.number(),
});
export type CalendarRow = z.infer<typeof CalendarRow>;

/** A body holds at most 1 MB. */
export const longestFile = 900_000;

export const NewCalendar = z
  .object({
    physicianId: Id,
    name: z.string().trim().min(1, 'Give it a name, e.g. “Hospital”.').max(100),
    address: z.string().trim().max(2000).default(''),
    file: z.string().max(longestFile, 'This file is too large. Give its address instead.').default(''),
  })
  .superRefine(({ address, file }, context) => {
    if ((address === '') === (file === ''))
      context.addIssue({ code: 'custom', path: ['address'], message: 'Give an address, or choose a file.' });
  });
export type NewCalendar = z.output<typeof NewCalendar>;

/** What is left out stays. */
export const CalendarChange = z.object({
  version: z.number().int().min(1),
  physicianId: Id.optional(),
  name: z.string().trim().min(1, 'Give it a name, e.g. “Hospital”.').max(100).optional(),
  address: z.string().trim().max(2000).optional().describe('shown to nobody again; only one read by address'),
  paused: z.boolean().optional().describe('true: it is not read and takes no time'),
});
export type CalendarChange = z.output<typeof CalendarChange>;
