import { z } from 'zod';
import { Id } from '../../platform/id.ts';

export const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});
export const Version = z.number().int().min(1);

export const absenceKinds = ['vacation', 'sick', 'training', 'other'] as const;
export const AbsenceKind = z.enum(absenceKinds);
export type AbsenceKind = z.infer<typeof AbsenceKind>;

/** Who covers: everything, or the duties of one kind (`task`, `visit`, `visit.unconfirmed`). */
export const CoverDraft = z.object({
  staffId: Id,
  duties: z
    .string()
    .max(60)
    .regex(/^[a-z.-]*$/)
    .default('')
    .describe("'': everything"),
});
export type CoverDraft = z.output<typeof CoverDraft>;

const fields = {
  kind: AbsenceKind,
  startsAt: Instant,
  endsAt: Instant,
  note: z.string().trim().max(300, 'Keep it under 300 letters.').default(''),
  covers: z.array(CoverDraft).max(12, 'At most 12.').default([]),
  closeHours: z
    .boolean()
    .default(true)
    .describe('close their hours on the schedule meanwhile, where they have any'),
};
type Stretch = { startsAt: string; endsAt: string };
const yearMs = 366 * 86_400_000;
const isForward = (one: Stretch) => Date.parse(one.endsAt) > Date.parse(one.startsAt);
const forward = { message: 'Choose a time after the beginning.', path: ['endsAt'] };
const isShort = (one: Stretch) => Date.parse(one.endsAt) - Date.parse(one.startsAt) <= yearMs;
const short = { message: 'At most a year. Who is away for longer is taken out of use.', path: ['endsAt'] };

export const NewAbsence = z
  .object({ staffId: Id, ...fields })
  .refine(isForward, forward)
  .refine(isShort, short);
export type NewAbsence = z.input<typeof NewAbsence>;

/** The whole absence as it shall be, and the version that was seen. */
export const AbsenceChange = z
  .object({ ...fields, version: Version })
  .refine(isForward, forward)
  .refine(isShort, short);
export type AbsenceChange = z.input<typeof AbsenceChange>;

export const coverStates = ['asked', 'accepted', 'declined'] as const;

export const AbsenceCover = z.object({
  coverId: Id,
  staffId: Id,
  staffName: z.string(),
  duties: z.string(),
  state: z.enum(coverStates),
  version: z.number(),
});
export type AbsenceCover = z.infer<typeof AbsenceCover>;

export const Absence = z.object({
  absenceId: Id,
  staffId: Id,
  staffName: z.string(),
  kind: AbsenceKind,
  startsAt: z.string(),
  endsAt: z.string(),
  note: z.string(),
  closesHours: z.boolean(),
  version: z.number(),
  covers: z.array(AbsenceCover),
});
export type Absence = z.infer<typeof Absence>;
