import { z } from 'zod';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';
import { toE164 } from '../patients/schema.ts';

export const callerKinds = [
  'patient',
  'family',
  'referring',
  'pharmacy',
  'payer',
  'vendor',
  'other',
] as const;
export const CallerKind = z.enum(callerKinds);
export type CallerKind = z.infer<typeof CallerKind>;

export const identifierKinds = ['born-on', 'address', 'phone', 'mrn', 'other'] as const;
export const IdentifierKind = z.enum(identifierKinds);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

export const identities = ['unchecked', 'verified', 'failed'] as const;
export const IdentityState = z.enum(identities);

/** What was asked of the caller before anything was told: two identifiers at least, or it was not proved. */
export const Identity = z
  .object({ state: IdentityState, identifiers: z.array(IdentifierKind).max(5) })
  .refine((one) => one.state !== 'verified' || new Set(one.identifiers).size >= 2, {
    path: ['identifiers'],
    message: 'Ask for two: birth date, address, phone.',
  });
export type Identity = z.infer<typeof Identity>;

const text = (longest: number) => z.string().trim().max(longest, `Keep this under ${longest} letters.`);

/** A number as it is kept: E.164 where it is one, else as it was typed ("ext. 12 at the mill"). */
export const CallbackPhone = text(60).transform((typed) => toE164(typed) ?? typed);

export const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});
export const Version = z.number().int().min(1);
export const Reason = z
  .string()
  .trim()
  .min(3, 'Say why in a few words.')
  .max(300, 'Keep it under 300 letters.');

const owner = {
  ownerStaffId: Id.nullable().default(null),
  ownerRole: z.enum(roleKeys).nullable().default(null),
};
const oneOwner = { message: 'Give it to one person or to one role, not to both.', path: ['ownerRole'] };

/** What taking a call keeps. Without a promise it is only on record, and owed to nobody. */
export const CallDraft = z
  .object({
    callerKind: CallerKind.default('patient'),
    callerName: text(120).default(''),
    callbackPhone: CallbackPhone.default(''),
    patientId: Id.nullable().default(null),
    contactId: Id.nullable().default(null),
    relationId: Id.nullable().default(null),
    reason: text(40).min(1).default('other'),
    text: text(2000).min(1, 'Type what the call is about.'),
    bestTime: text(80).default(''),
    urgent: z.boolean().default(false),
    identity: Identity.default({ state: 'unchecked', identifiers: [] }),
    promisedAt: Instant.nullable().default(null),
    ...owner,
  })
  .refine((call) => !call.ownerStaffId || !call.ownerRole, oneOwner)
  .refine((call) => call.callerName || call.callbackPhone || call.patientId || call.contactId, {
    path: ['callerName'],
    message: 'Say who called: a name or a number.',
  });
export type NewCall = z.input<typeof CallDraft>;
export type CallDraft = z.output<typeof CallDraft>;

export const HandOver = z
  .object({ version: Version, ...owner, promisedAt: Instant, note: text(500).default('') })
  .refine((one) => !one.ownerStaffId || !one.ownerRole, oneOwner);
export type HandOver = z.output<typeof HandOver>;

export const triedKinds = ['no-answer', 'left-message', 'reached'] as const;
export const stepKinds = [...triedKinds, 'handed-over', 'identity', 'about', 'done', 'reopened'] as const;
export const StepKind = z.enum(stepKinds);
export type StepKind = z.infer<typeof StepKind>;

export const Call = z.object({
  callId: Id,
  version: z.number(),
  at: z.string(),
  takenByName: z.string(),
  callerKind: CallerKind,
  /** who called, by the record where there is one: "Ann Test", "Dr. Ada Okafor" */
  callerName: z.string(),
  callbackPhone: z.string(),
  patientId: Id.nullable(),
  /** "Jo Smith"; '' without a patient */
  patientName: z.string(),
  contactId: Id.nullable(),
  relationId: Id.nullable(),
  reason: z.string(),
  text: z.string(),
  bestTime: z.string(),
  urgent: z.boolean(),
  redFlags: z.array(z.string()),
  identity: IdentityState,
  identifiers: z.array(IdentifierKind),
  promisedAt: z.string().nullable(),
  ownerStaffId: Id.nullable(),
  ownerName: z.string(),
  ownerRole: z.enum(roleKeys).nullable(),
  doneAt: z.string().nullable(),
  doneByName: z.string(),
  enteredInErrorAt: z.string().nullable(),
  /** the last thing that was tried: "no answer", '' when nothing was */
  lastTried: z.string(),
});
export type Call = z.infer<typeof Call>;

export const CallStep = z.object({
  stepId: Id,
  kind: StepKind,
  note: z.string(),
  at: z.string(),
  byName: z.string(),
});
export type CallStep = z.infer<typeof CallStep>;

/** Someone who may be calling: a patient, someone of the directory, an authorized person of a patient. */
export const Caller = z.object({
  kind: z.enum(['patient', 'contact', 'relation']),
  callerKind: CallerKind,
  /** of the record that it is */
  id: Id,
  name: z.string(),
  /** "daughter of Jo Smith, may hear appointments", "03/14/1961, 65" */
  detail: z.string(),
  phone: z.string(),
  /** about whom the call probably is */
  patientId: Id.nullable(),
  patientName: z.string(),
});
export type Caller = z.infer<typeof Caller>;
