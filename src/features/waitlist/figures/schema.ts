import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

const counts = {
  opened: z.number().describe('openings that came up while someone waited'),
  offered: z.number().describe('of these, offered to at least one'),
  filled: z.number().describe('of these, taken from the waitlist'),
  minutesToFill: z.number().nullable().describe('median, from free to filled; null: none was filled'),
};

export const FigureRow = z.object({
  physicianId: Id,
  physicianName: z.string(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  ...counts,
});
export type FigureRow = z.infer<typeof FigureRow>;

export const Figures = z.object({
  rows: z.array(FigureRow),
  all: z.object(counts),
  waiting: z.number().describe('who waits now'),
});
export type Figures = z.infer<typeof Figures>;
