import { z } from 'zod';
import { type NewRecallRule, type RecallRule, RecallRuleDraft } from '../schema.ts';

const chosen = z.record(z.string(), z.boolean());
const digits = z.string().trim().regex(/^\d*$/, 'Type a whole number.');
const count = digits.transform(Number);
const age = digits.transform((text) => (text === '' ? null : Number(text)));

/** The form's values (texts and ticks) become what the office keeps. */
export const ruleSchema = z
  .object({
    name: z.string(),
    after: chosen,
    visitTypeId: z.string().min(1, 'Choose the visit.'),
    months: count,
    days: count,
    samePhysician: z.boolean(),
    leastAge: age,
    mostAge: age,
    untilOn: z.string().transform((text) => text || null),
    active: z.boolean(),
  })
  .transform(
    ({ after, ...rule }): NewRecallRule => ({
      ...rule,
      afterTypeIds: Object.keys(after).filter((id) => after[id]),
    }),
  )
  .pipe(RecallRuleDraft);

export function ruleValues(row: RecallRule | null) {
  const text = (value: number | null | undefined) => (value ? String(value) : '');
  return {
    name: row?.name ?? '',
    after: Object.fromEntries((row?.afterTypeIds ?? []).map((id) => [id, true])),
    visitTypeId: row?.visitTypeId ?? '',
    months: row ? text(row.months) : '12',
    days: text(row?.days),
    samePhysician: row?.samePhysician ?? true,
    leastAge: row?.leastAge === 0 ? '0' : text(row?.leastAge),
    mostAge: row?.mostAge === 0 ? '0' : text(row?.mostAge),
    untilOn: row?.untilOn ?? '',
    active: row?.active ?? true,
  };
}

export type RuleValues = ReturnType<typeof ruleValues>;
