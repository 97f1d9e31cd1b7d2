import { z } from 'zod';

const text = z.string().trim().max(200, 'Keep this under 200 letters.');

/** Who may bring a child and decide for them, and who must not be told anything. */
export const Custody = z
  .object({
    mayBring: text.default(''),
    mayDecide: text.default(''),
    /** Names, e.g. of a parent whom a court keeps away. */
    mustNotTell: z.array(z.string().trim().min(1).max(120)).max(6, 'At most six names.').default([]),
    courtOrder: z.boolean().default(false),
  })
  .refine((one) => one.mayBring || one.mayDecide || one.mustNotTell.length > 0 || one.courtOrder, {
    path: ['mayBring'],
    message: 'Say who may bring, who decides, or who must not be told.',
  });
export type Custody = z.output<typeof Custody>;
export type NewCustody = z.input<typeof Custody>;

/** As it is kept and told. */
export const KeptCustody = z
  .object({
    mayBring: z.string(),
    mayDecide: z.string(),
    mustNotTell: z.array(z.string()),
    courtOrder: z.boolean(),
  })
  .nullable();
