import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

/** A visit goes booked → arrived → in_room → with_physician → checked_out; the last three end it otherwise. */
export const visitStates = [
  'booked',
  'arrived',
  'in_room',
  'with_physician',
  'checked_out',
  'cancelled',
  'no_show',
  'entered_in_error',
] as const;
export const VisitState = z.enum(visitStates);
export type VisitState = z.infer<typeof VisitState>;

export const visitSteps = [
  'booked',
  'moved',
  'confirmed',
  'unconfirmed',
  'arrived',
  'in_room',
  'with_physician',
  'checked_out',
  'cancelled',
  // came, and left without being seen: the visit is cancelled
  'left',
  'no_show',
  'reinstated',
  'entered_in_error',
  'edited',
  // to another room, while in the office
  'room_changed',
  // after a cancellation or a no-show: the patient wants no other visit
  'let_go',
  // the person's records became one, or were taken apart: the visit changed its record, nothing else
  'merged',
  'taken_apart',
] as const;
export const VisitStep = z.enum(visitSteps);
export type VisitStep = z.infer<typeof VisitStep>;

/** Why a visit was cancelled; the words that the office reads are in `cancelReasonLabels`. */
export const cancelReasons = [
  'patient-asked',
  'patient-ill',
  'physician-away',
  'office-closed',
  'booked-twice',
  'deceased',
  'left-unseen',
  'other',
] as const;
export const CancelReason = z.enum(cancelReasons);
export type CancelReason = z.infer<typeof CancelReason>;

/** Those that one chooses from; the others come with what happened. */
export const chosenReasons = cancelReasons.filter((reason) => reason !== 'left-unseen');

/** Who wanted a visit cancelled or moved. */
export const AskedBy = z.enum(['patient', 'practice']);
export type AskedBy = z.infer<typeof AskedBy>;

export const cancelReasonLabels: Record<CancelReason, string> = {
  'patient-asked': 'Patient asked',
  'patient-ill': 'Patient is ill',
  'physician-away': 'Physician is away',
  'office-closed': 'Office is closed',
  'booked-twice': 'Booked twice',
  deceased: 'Patient has died',
  'left-unseen': 'Left without being seen',
  other: 'Other',
};

const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});
export const Minutes = z
  .number()
  .int()
  .min(5, 'A visit takes at least 5 minutes.')
  .max(720, 'A visit takes at most 12 hours.');
const Reason = z.string().trim().max(300, 'Keep the reason under 300 letters.');
const Note = z.string().trim().max(2000, 'Keep the note under 2,000 letters.');
const OverrideReason = z.string().trim().min(3, 'Say why, in a few words.').max(300);
export const Version = z.number().int().min(1);

export const BookVisit = z.object({
  patientId: Id,
  visitTypeId: Id,
  siteId: Id,
  physicianId: Id.describe('resource id of the physician'),
  resourceIds: z
    .array(Id)
    .max(10)
    .default([])
    .describe('rooms and devices wanted; what the visit type needs beyond them is picked automatically'),
  startsAt: Instant,
  minutes: Minutes.optional().describe('left out: as the visit type says for this physician'),
  reason: Reason.default(''),
  note: Note.default(''),
  overrideReason: OverrideReason.optional().describe(
    'books over what is in the way, for who may (overridePermission of the refusal)',
  ),
  holdId: Id.optional().describe('a hold of this account on that time, which this visit takes over'),
});
export type BookVisit = z.output<typeof BookVisit>;

export const MoveVisit = z.object({
  version: Version,
  startsAt: Instant.optional(),
  minutes: Minutes.optional().describe('resizes; left out: the length stays'),
  siteId: Id.optional(),
  physicianId: Id.optional(),
  resourceIds: z
    .array(Id)
    .max(10)
    .optional()
    .describe('left out: the rooms and devices stay where they are free, else others that fit are picked'),
  overrideReason: OverrideReason.optional(),
  askedBy: AskedBy.optional().describe('who wanted it: a move that the patient asks for may be late'),
  holdId: Id.optional().describe('a hold of this account on the new time'),
});
export type MoveVisit = z.output<typeof MoveVisit>;

export const StepVisit = z.object({ version: Version });
export const ConfirmVisit = z.object({
  version: Version,
  confirmed: z.boolean().default(true).describe('false takes the confirmation back'),
});
export const CancelVisit = z.object({
  version: Version,
  reason: CancelReason,
  text: z.string().trim().max(300).default(''),
  askedBy: AskedBy.optional().describe('left out: as the reason tells'),
});
export type CancelVisit = z.output<typeof CancelVisit>;
export const RoomVisit = z.object({
  version: Version,
  resourceId: Id.optional().describe('another room than the one booked'),
  overrideReason: OverrideReason.optional(),
});
export const ReinstateVisit = z.object({ version: Version, overrideReason: OverrideReason.optional() });
export const LetGoVisit = z.object({ version: Version, reason: OverrideReason });
export const VisitInError = z.object({ version: Version, reason: OverrideReason });
export const EditVisit = z.object({ version: Version, reason: Reason.optional(), note: Note.optional() });
export type EditVisit = z.output<typeof EditVisit>;

/** What a visit occupies; times include the visit type's buffers. Lanes from 100 are overbookings. */
export const VisitResource = z.object({
  resourceId: Id,
  kind: z.enum(['physician', 'room', 'device']),
  name: z.string(),
  lane: z.number(),
  startsAt: z.string(),
  endsAt: z.string(),
});
export type VisitResource = z.infer<typeof VisitResource>;

/** A visit in full, as every write answers it. Instants are ISO 8601 in UTC. */
export const Visit = z.object({
  visitId: Id,
  version: z.number(),
  state: VisitState,
  patientId: Id,
  patientName: z.string().describe('family, given: "Smith, Jo"'),
  preferredName: z.string(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string().describe('of the site; show the times in it'),
  physicianId: Id,
  physicianName: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  minutes: z.number(),
  resources: z.array(VisitResource),
  overbooked: z.boolean(),
  confirmedAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  inRoomAt: z.string().nullable(),
  withPhysicianAt: z.string().nullable(),
  checkedOutAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  cancelReason: CancelReason.nullable(),
  cancelText: z.string(),
  overrideReason: z.string().nullable(),
  reason: z.string(),
  note: z.string(),
  walkIn: z.boolean().describe('came without a visit'),
  seriesId: Id.nullable(),
  seriesNo: z.number().nullable().describe('its place in the series'),
  sessionId: Id.nullable().describe('the group session in which it has a seat'),
  seatNo: z.number().nullable(),
});
export type Visit = z.infer<typeof Visit>;

/** One line of a visit's history. */
export const VisitHistoryStep = z.object({
  stepNo: z.number(),
  step: VisitStep,
  at: z.string(),
  byName: z.string().describe('"" when the program did it'),
  detail: z.record(z.string(), z.unknown()).describe('e.g. {from, to} of a move, {reason, text} of a cancel'),
  undone: z.boolean(),
});
export type VisitHistoryStep = z.infer<typeof VisitHistoryStep>;

/** A visit on a person's card. */
export const PatientVisit = Visit.pick({
  visitId: true,
  version: true,
  state: true,
  visitTypeId: true,
  visitTypeName: true,
  siteId: true,
  siteName: true,
  timeZone: true,
  physicianId: true,
  physicianName: true,
  startsAt: true,
  endsAt: true,
  confirmedAt: true,
  reason: true,
  cancelReason: true,
  seriesId: true,
  seriesNo: true,
});
export type PatientVisit = z.infer<typeof PatientVisit>;
