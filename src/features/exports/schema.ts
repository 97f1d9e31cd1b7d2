import { z } from 'zod';

/**
 * Asked of every export of a record. 45 CFR 164.528(b)(2): who received it, when, what, and a brief statement of the
 * purpose.
 */
export const ExportReason = z.object({
  recipient: z.string().trim().min(2, 'Say who receives it.').max(200),
  purpose: z.string().trim().min(2, 'Say what it is for.').max(300),
});
export type ExportReason = z.infer<typeof ExportReason>;
