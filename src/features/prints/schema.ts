import { z } from 'zod';
import { isDate } from '../../platform/calendar/dates.ts';
import { Id } from '../../platform/id.ts';

const Ids = (most: number) =>
  z.array(Id).min(1, 'Choose at least one.').max(most, `At most ${most} at once.`);

export const DaySheetsAsked = z.object({
  date: z.string().refine(isDate, 'Give a date like 2026-03-04.'),
  physicianIds: z.array(Id).max(200).default([]).describe('none: everyone who works or has visits that day'),
  siteId: Id.optional().describe('left out: all sites'),
});
export type DaySheetsAsked = z.output<typeof DaySheetsAsked>;

export const SlipsAsked = z.object({ visitIds: Ids(60) });

export const CardsAsked = z.object({
  visitIds: Ids(60),
  start: z
    .number()
    .int()
    .min(1)
    .max(10, 'The sheet has 10 cards.')
    .default(1)
    .describe('the first card’s place'),
});
export type CardsAsked = z.output<typeof CardsAsked>;

export const labelKinds = ['address', 'chart'] as const;
export const LabelsAsked = z.object({
  kind: z.enum(labelKinds),
  patientIds: Ids(300),
  copies: z.number().int().min(1, 'At least one.').max(30, 'At most 30 of each.').default(1),
  start: z
    .number('Type 1 to 30.')
    .int()
    .min(1, 'The sheet has places 1 to 30.')
    .max(30, 'The sheet has places 1 to 30.')
    .default(1)
    .describe('the first free label of the sheet, by rows'),
});
export type LabelsAsked = z.output<typeof LabelsAsked>;

export const Printed = z.object({
  fileName: z.string().describe('it names nobody'),
  pdf: z.base64().describe('a PDF of US Letter pages with embedded fonts'),
  leftOut: z.array(z.string()).describe('whom or what it does not hold, and why'),
});
export type Printed = z.infer<typeof Printed>;
