import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

/**
 * What is looked at of a visit, and nothing else: nothing of who the person is (age, sex, language, insurance), only
 * what became of their visits here, and how this one was booked (docs/decisions/0045-who-may-not-come.md).
 */
export const factors = ['past', 'last', 'late', 'lead', 'type', 'weekday', 'hour'] as const;
export type Factor = (typeof factors)[number];

/** Where a visit stands in each. `type` is a visit type's id, `weekday` 1 to 7, the others as the SQL names them. */
export type Levels = Record<Factor, string>;

/** Visits that look alike, and how many of them were missed; `held`: of the days that are held out. */
export type RiskCell = Levels & { held: boolean; visits: number; missed: number };

const Counted = z.object({ visits: z.number(), missed: z.number() });
export type Counted = z.infer<typeof Counted>;

const Stretch = Counted.extend({ from: z.string(), to: z.string() });

const Weight = Counted.extend({
  factor: z.enum(factors),
  level: z.string(),
  weight: z.number().describe('log odds beside the average visit'),
});
export type Weight = z.infer<typeof Weight>;

const HeldOut = Stretch.extend({
  marked: Counted.describe('those that it would have marked'),
  order: z
    .number()
    .nullable()
    .describe('how often, of one visit missed and one kept, the missed one stood higher; 0.5 is chance'),
  tenths: z
    .array(Counted.extend({ expected: z.number().describe('how many it expected to be missed') }))
    .describe('a tenth of these visits each, the likeliest first'),
});
export type HeldOut = z.infer<typeof HeldOut>;

/** What was learned, and how it did on what it had not seen. */
export const RiskModel = z.object({
  base: z.number().describe('log odds of the average visit'),
  weights: z.array(Weight),
  threshold: z.number().nullable().describe('from this share on a visit is marked; null: none is'),
  learned: Stretch,
  heldOut: HeldOut,
});
export type RiskModel = z.infer<typeof RiskModel>;

export const riskStandings = ['marks', 'no-better', 'too-few', 'not-yet'] as const;

export const RiskReport = z.object({
  standing: z.enum(riskStandings).describe('why nothing is marked, or that visits are'),
  learnedAt: z.string().nullable(),
  learned: Stretch.nullable(),
  heldOut: HeldOut.nullable(),
  counts: z.array(
    z.object({
      about: z.string(),
      label: z.string(),
      ...Counted.shape,
      odds: z.number().describe('times the odds of the average visit, all else alike'),
    }),
  ),
});
export type RiskReport = z.infer<typeof RiskReport>;

export const Mark = z.object({
  share: z.number().describe('how likely it is missed, 0 to 1'),
  reasons: z.array(z.string()),
});
export type Mark = z.infer<typeof Mark>;

export const MarkedVisit = Mark.extend({
  visitId: Id,
  patientId: Id,
  patientName: z.string(),
  startsAt: z.string(),
  timeZone: z.string(),
  visitTypeName: z.string(),
  physicianName: z.string(),
});
export type MarkedVisit = z.infer<typeof MarkedVisit>;
