import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { Id } from '../../../platform/id.ts';
import { PhoneNumber } from '../../patients/schema.ts';

const line = (longest: number) =>
  z
    .string()
    .transform((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .pipe(z.string().max(longest));

/** Who asks for a time, as they typed it. */
export const Asker = z.object({
  givenName: line(80).pipe(z.string().min(1)),
  familyName: line(80).pipe(z.string().min(1)),
  bornOn: z.string().refine(isDate),
  phone: PhoneNumber,
  text: line(200),
  saysNew: z.boolean(),
});
export type Asker = z.output<typeof Asker>;

/** Why a human has to look at a request. */
export const requestWhys = ['new', 'unknown', 'taken', 'too-many', 'not-allowed'] as const;
export type RequestWhy = (typeof requestWhys)[number];
export const requestOutcomes = ['booked', 'called', 'declined'] as const;

export const OnlineRequest = z.object({
  requestId: Id,
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
  isHeld: z.boolean().describe('the time is kept for them still'),
  givenName: z.string(),
  familyName: z.string(),
  bornOn: z.string(),
  phone: z.string(),
  language: z.string(),
  saysNew: z.boolean(),
  text: z.string(),
  urgent: z.boolean().describe('words of danger are in what they wrote'),
  askedAt: z.string(),
  why: z
    .enum(requestWhys)
    .nullable()
    .describe('why a human has to look; null: it is being looked up, or was booked'),
  outcome: z.enum(requestOutcomes).nullable(),
  settledAt: z.string().nullable(),
  settledByName: z.string(),
  settledText: z.string(),
  patientId: Id.nullable(),
  visitId: Id.nullable(),
});
export type OnlineRequest = z.infer<typeof OnlineRequest>;

export const SettleRequest = z.object({
  version: z.number().int().min(1),
  outcome: z.enum(['called', 'declined']),
  text: z.string().trim().max(300, 'Keep it under 300 letters.').default(''),
});
export type SettleRequest = z.output<typeof SettleRequest>;
export const BookRequest = z.object({
  version: z.number().int().min(1),
  patientId: Id.nullable().describe('whose it is; null: someone new, who is registered by this'),
  notDuplicateOf: z.array(Id).max(50).default([]).describe('who was looked at and is another person'),
});
export type BookRequest = z.output<typeof BookRequest>;
