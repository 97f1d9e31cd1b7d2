import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const causes = ['cancelled', 'moved', 'no-show', 'by-hand'] as const;
export const openingOutcomes = ['filled', 'taken', 'nobody', 'too-late', 'stopped'] as const;
export const offerOutcomes = ['won', 'lost', 'no', 'not-reached', 'timed-out', 'gone'] as const;
export const Cause = z.enum(causes);
export const OpeningOutcome = z.enum(openingOutcomes);
export type OpeningOutcome = z.infer<typeof OpeningOutcome>;
export const OfferOutcome = z.enum(offerOutcomes);
export type OfferOutcome = z.infer<typeof OfferOutcome>;

const Instant = z.iso.datetime({
  offset: true,
  error: 'Give a date and time, e.g. 2026-03-04T10:30:00-05:00.',
});

/** Free time that someone wants filled. */
export const OfferOpening = z.object({
  visitTypeId: Id.describe('what it would be booked for; it says the length where `minutes` is left out'),
  siteId: Id,
  physicianId: Id,
  startsAt: Instant,
  minutes: z.number().int().min(5).max(720).optional(),
});
export type OfferOpening = z.output<typeof OfferOpening>;

export const Offer = z.object({
  offerId: Id,
  version: z.number(),
  openingId: Id,
  entryId: Id,
  patientId: Id,
  patientName: z.string(),
  phone: z.string(),
  visitTypeName: z.string(),
  visitId: Id.nullable().describe('the later visit that would be moved forward'),
  wave: z.number(),
  position: z.number(),
  channel: z.string(),
  offeredAt: z.string(),
  answerBy: z.string(),
  leftAt: z.string().nullable().describe('a message was left'),
  answer: z.enum(['yes', 'no', 'not-reached']).nullable(),
  answeredAt: z.string().nullable(),
  answeredByName: z.string(),
  outcome: OfferOutcome.nullable(),
  closedAt: z.string().nullable(),
  toldAt: z.string().nullable(),
});
export type Offer = z.infer<typeof Offer>;

export const WaitlistOpening = z.object({
  openingId: Id,
  version: z.number(),
  visitTypeId: Id,
  visitTypeName: z.string(),
  siteId: Id,
  siteName: z.string(),
  timeZone: z.string(),
  physicianId: Id,
  physicianName: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  cause: Cause,
  freedBy: Id.nullable(),
  openedAt: z.string(),
  openedByName: z.string(),
  isHeld: z.boolean(),
  wave: z.number(),
  nextAt: z.string().nullable().describe('when the next are asked, unless someone takes it'),
  closedAt: z.string().nullable(),
  outcome: OpeningOutcome.nullable(),
  filledEntryId: Id.nullable(),
  filledVisitId: Id.nullable(),
});
export type WaitlistOpening = z.infer<typeof WaitlistOpening>;

/** What came of a yes: told to whoever asks in the words of `message`. */
export const yesResults = ['won', 'lost', 'late'] as const;

/** One row of the proof: where someone stood in a wave, or why they were passed over. */
export const LoggedChoice = z.object({
  entryId: Id,
  patientName: z.string(),
  patientId: Id,
  priority: z.string(),
  addedAt: z.string(),
  position: z.number().nullable(),
  offered: z.boolean(),
  why: z.array(z.string()).describe('codes, of who was passed over'),
  whyWords: z.string(),
});
export type LoggedChoice = z.infer<typeof LoggedChoice>;

export const LoggedWave = z.object({
  wave: z.number(),
  at: z.string(),
  agrees: z.boolean().describe('the rule, worked out anew from the facts written down, gives this order'),
  choices: z.array(LoggedChoice),
});
export type LoggedWave = z.infer<typeof LoggedWave>;
