import { z } from 'zod';
import { type BookingRuleRow, NewBookingRule } from '../schema.ts';

const shape = NewBookingRule.shape;
const chosen = z.record(z.string(), z.boolean());
const idsOf = (record: Record<string, boolean>) => Object.keys(record).filter((id) => record[id]);
const orNull = (text: string) => (text === '' ? null : text);

/** The form's values (texts and ticks) become what the office keeps. */
export const ruleSchema = z
  .object({
    words: shape.words,
    effect: shape.effect.unwrap(),
    types: chosen,
    days: chosen,
    physicians: chosen,
    startsLocal: z.literal('').or(shape.startsLocal.unwrap().unwrap()),
    endsLocal: z.literal('').or(shape.endsLocal.unwrap().unwrap()),
    fromDate: z.literal('').or(shape.fromDate.unwrap().unwrap()),
    toDate: z.literal('').or(shape.toDate.unwrap().unwrap()),
    patients: shape.patients.unwrap(),
    limitCount: z.literal('').or(z.coerce.number().pipe(shape.limitCount.unwrap().unwrap())),
    limitPer: z.enum(['day', 'half-day']),
  })
  .transform(({ types, days, physicians, limitPer, ...rule }) => ({
    words: rule.words,
    effect: rule.effect,
    patients: rule.patients,
    startsLocal: orNull(rule.startsLocal),
    endsLocal: orNull(rule.endsLocal),
    fromDate: orNull(rule.fromDate),
    toDate: orNull(rule.toDate),
    limitCount: rule.limitCount === '' ? null : rule.limitCount,
    limitPer: rule.limitCount === '' ? null : limitPer,
    visitTypeIds: idsOf(types),
    weekdays: idsOf(days).map(Number),
    physicianIds: idsOf(physicians),
  }));

const ticks = (ids: readonly (string | number)[]) => Object.fromEntries(ids.map((id) => [String(id), true]));

export function ruleValues(row: BookingRuleRow | null) {
  return {
    words: row?.words ?? '',
    effect: row?.effect ?? ('refuse' as const),
    types: ticks(row?.visitTypeIds ?? []),
    days: ticks(row?.weekdays ?? []),
    physicians: ticks(row?.physicianIds ?? []),
    startsLocal: row?.startsLocal ?? '',
    endsLocal: row?.endsLocal ?? '',
    fromDate: row?.fromDate ?? '',
    toDate: row?.toDate ?? '',
    patients: row?.patients ?? ('any' as const),
    limitCount: row?.limitCount ? String(row.limitCount) : '',
    limitPer: row?.limitPer ?? ('half-day' as const),
  };
}

export type RuleValues = ReturnType<typeof ruleValues>;
