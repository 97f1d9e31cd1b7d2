import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';

const Age = z.number().int().min(0).max(130);

export const RecallRuleDraft = z
  .object({
    name: z.string().trim().min(1, 'Give it a name.').max(80, 'Keep it under 80 letters.'),
    afterTypeIds: z.array(Id).min(1, 'Choose at least one visit type.').max(50),
    visitTypeId: Id,
    months: z.number().int().min(0).max(120).default(0),
    days: z.number().int().min(0).max(730).default(0),
    samePhysician: z.boolean().default(true),
    leastAge: Age.nullable().default(null),
    mostAge: Age.nullable().default(null),
    untilOn: z.string().refine(isDate, 'Give a date like 2026-03-04.').nullable().default(null),
    active: z.boolean().default(true),
  })
  .refine((rule) => rule.months + rule.days > 0, {
    path: ['months'],
    message: 'Say after how long: 12 months, 14 days.',
  })
  .refine((rule) => rule.leastAge === null || rule.mostAge === null || rule.leastAge <= rule.mostAge, {
    path: ['mostAge'],
    message: 'This is below the least age.',
  });
export type NewRecallRule = z.input<typeof RecallRuleDraft>;
export type RecallRuleDraft = z.output<typeof RecallRuleDraft>;

/** A rule to count for; of one that is kept only whom it has not called yet. */
export const RecallPreview = RecallRuleDraft.safeExtend({ recallRuleId: Id.optional() });

export const RecallRule = z.object({
  recallRuleId: Id,
  version: z.number(),
  name: z.string(),
  afterTypeIds: z.array(Id),
  visitTypeId: Id,
  months: z.number(),
  days: z.number(),
  samePhysician: z.boolean(),
  leastAge: z.number().nullable(),
  mostAge: z.number().nullable(),
  untilOn: z.string().nullable(),
  active: z.boolean(),
});
export type RecallRule = z.infer<typeof RecallRule>;

/** Of recalls whose day lies in a stretch: how many were due, tried, booked at some time, and kept. */
export const YieldRow = z.object({
  recallRuleId: Id,
  name: z.string(),
  due: z.number(),
  contacted: z.number(),
  booked: z.number(),
  kept: z.number(),
});
export type YieldRow = z.infer<typeof YieldRow>;
