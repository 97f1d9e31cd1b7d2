import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { readSaid } from '../line/rules.ts';
import { windowAround } from '../rules.ts';
import { FollowUpDraft, Priority } from '../schema.ts';

export type OrderValues = {
  said: string;
  targetOn: string;
  earliestOn: string;
  latestOn: string;
  visitTypeId: string;
  /** '' for any */
  physicianId: string;
  priority: Priority;
  /** one a line */
  first: string;
  instructions: string;
};

const day = z.string().refine(isDate, 'Give a date like 3/14/2026.');

/** What the form holds, as the order that it is; `said` fills the rest while it is typed. */
export const OrderForm = z
  .object({
    said: z.string().trim().max(80, 'Keep this under 80 letters.'),
    targetOn: day,
    earliestOn: day,
    latestOn: day,
    visitTypeId: z.string().min(1, 'Choose a visit type.'),
    physicianId: z.string(),
    priority: Priority,
    first: z.string(),
    instructions: FollowUpDraft.shape.instructions,
  })
  .refine((one) => one.earliestOn <= one.targetOn && one.targetOn <= one.latestOn, {
    path: ['earliestOn'],
    message: 'The window holds its day: earliest, day, latest.',
  })
  .transform(({ first, physicianId, ...rest }) => ({
    ...rest,
    physicianId: physicianId || null,
    first: linesOf(first),
  }));

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 8);
}

/** What is typed as it was said fills in what it says, and leaves the rest as it stands. */
export function filledBySaid(text: string, today: string): Partial<OrderValues> {
  const said = readSaid(text, today);
  return {
    said: text,
    ...(said.targetOn ? { targetOn: said.targetOn, ...windowAround(today, said.targetOn) } : {}),
    ...(said.first.length > 0 ? { first: said.first.join('\n') } : {}),
    ...(said.priority ? { priority: said.priority } : {}),
    ...(said.rest ? { instructions: said.rest } : {}),
  };
}
