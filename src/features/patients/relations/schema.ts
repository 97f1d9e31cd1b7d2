import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { DateOrNone, PhoneNumber } from '../schema.ts';

export const hearings = ['appointments', 'results', 'billing', 'all'] as const;
export const Hearing = z.enum(hearings);
export type Hearing = z.infer<typeof Hearing>;

/** How the office knows that the patient agreed; '' says nobody asked. */
export const proofs = ['', 'form', 'in-person', 'phone', 'court', 'parent'] as const;
export const Proof = z.enum(proofs);
export type Proof = z.infer<typeof Proof>;

const text = (longest: number) => z.string().trim().max(longest, `Keep this under ${longest} letters.`);

const fields = {
  name: text(120).min(1, 'Type the name.'),
  relationship: text(60).default(''),
  phone: z.union([z.literal(''), PhoneNumber]).default(''),
  mayHear: z.array(Hearing).max(4).default([]),
  since: DateOrNone.default(null),
  until: DateOrNone.default(null),
  emergency: z.boolean().default(false),
  proof: Proof.default(''),
  note: text(300).default(''),
};

/** Someone who belongs to a patient, and what they may hear. */
export const RelationDraft = z
  .object(fields)
  .refine((one) => one.mayHear.length === 0 || one.proof !== '', {
    path: ['proof'],
    message: 'Say how you know that the patient agreed.',
  })
  .refine((one) => !one.since || !one.until || one.since <= one.until, {
    path: ['until'],
    message: 'This lies before the first day.',
  });
export type NewRelation = z.input<typeof RelationDraft>;
export type RelationDraft = z.output<typeof RelationDraft>;

export const Relation = z.object({
  relationId: Id,
  patientId: Id,
  name: z.string(),
  relationship: z.string(),
  phone: z.string(),
  mayHear: z.array(Hearing),
  since: z.string().nullable(),
  until: z.string().nullable(),
  emergency: z.boolean(),
  proof: Proof,
  note: z.string(),
  revokedAt: z.string().nullable(),
  revokeReason: z.string(),
  createdAt: z.string(),
  createdByName: z.string(),
  version: z.number(),
});
export type Relation = z.infer<typeof Relation>;
