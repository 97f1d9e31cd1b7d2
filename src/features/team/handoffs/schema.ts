import { z } from 'zod';
import { roleKeys } from '../../../platform/contributions.ts';
import { Id } from '../../../platform/id.ts';
import { Version } from '../schema.ts';

export const DutyKey = z.string().min(1).max(200);

/** Something that is open, offered for a hand-off. */
export const OpenDuty = z.object({
  key: DutyKey,
  dueAt: z.string(),
  title: z.string(),
  detail: z.string(),
  patientId: Id.nullable(),
  permission: z.string(),
  personal: z
    .boolean()
    .describe('given to them by name, taken by them or covered by them; else their role’s'),
});
export type OpenDuty = z.infer<typeof OpenDuty>;

const Text = z.string().trim().max(4000, 'Keep it under 4,000 letters.').default('');

export const NewHandoff = z
  .object({
    toStaffId: Id.nullable().default(null),
    toRole: z.enum(roleKeys).nullable().default(null),
    text: Text,
    items: z
      .array(
        z.object({
          key: DutyKey,
          note: z.string().trim().max(300, 'Keep it under 300 letters.').default(''),
        }),
      )
      .max(200, 'At most 200.')
      .default([]),
  })
  .refine((one) => (one.toStaffId === null) !== (one.toRole === null), {
    message: 'Choose who goes on: a person, or a role.',
    path: ['toStaffId'],
  });
export type NewHandoff = z.input<typeof NewHandoff>;

export const HandoffWords = z.object({
  version: Version,
  text: z.string().trim().min(1, 'Type your words.').max(1000, 'Keep it under 1,000 letters.'),
});

const head = {
  handoffId: Id,
  fromStaffId: Id,
  fromName: z.string(),
  toStaffId: Id.nullable(),
  toName: z.string().describe("'' where it went to a role"),
  toRole: z.string().nullable(),
  sentAt: z.string(),
  acknowledgeBy: z.string(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedByName: z.string(),
  count: z.number(),
  asked: z.boolean().describe('a question waits for its answer'),
  version: z.number(),
};
export const HandoffHead = z.object(head);
export type HandoffHead = z.infer<typeof HandoffHead>;

export const HandoffItem = z.object({
  key: DutyKey,
  dueAt: z.string(),
  title: z.string().describe("'' of what your roles do not include"),
  detail: z.string(),
  patientId: Id.nullable(),
  note: z.string(),
  open: z.boolean().describe('false: settled since'),
});
export type HandoffItem = z.infer<typeof HandoffItem>;

export const Handoff = z.object({
  ...head,
  text: z.string(),
  items: z.array(HandoffItem),
  words: z.array(
    z.object({ kind: z.enum(['question', 'answer']), text: z.string(), at: z.string(), byName: z.string() }),
  ),
  mayAcknowledge: z.boolean(),
  mayAnswer: z.boolean(),
});
export type Handoff = z.infer<typeof Handoff>;
