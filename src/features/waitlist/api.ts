import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { CalendarDate } from '../schedule/openings/schema.ts';
import { Visit } from '../schedule/visits/schema.ts';
import { Figures } from './figures/schema.ts';
import { LoggedWave, Offer, OfferOpening, WaitlistOpening, yesResults } from './offers/schema.ts';
import { ChangeEntry, Entry, EntryState, JoinWaitlist, Reason, Version } from './schema.ts';
import { KeptWaitlistSettings, WaitlistSettings } from './settings/schema.ts';

const params = z.object({ id: Id });
const version = z.object({ version: Version });
const entryAnswer = z.object({ entry: Entry });
const offerAnswer = z.object({ offer: Offer });

/** Topic of all: `waitlist`. */
export const listWaitlist = endpoint({
  method: 'GET',
  path: '/api/waitlist',
  summary: 'A page of the waitlist, who is asked first on top; of those who are through, the latest first',
  query: z.object({
    state: z.union([EntryState, z.literal('open'), z.literal('closed')]).default('open'),
    visitTypeId: Id.optional(),
    physicianId: Id.optional().describe('who would go to this one'),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ entries: z.array(Entry), total: z.number() }),
});

export const joinWaitlist = endpoint({
  method: 'POST',
  path: '/api/waitlist',
  summary: 'Put someone on the waitlist for a visit type, or to have a later visit moved forward',
  body: JoinWaitlist,
  answer: entryAnswer,
});

export const readEntry = endpoint({
  method: 'GET',
  path: '/api/waitlist/entries/:id',
  summary: 'One entry of the waitlist',
  params,
  answer: entryAnswer,
});

export const changeEntry = endpoint({
  method: 'POST',
  path: '/api/waitlist/entries/:id',
  summary: 'Change what someone on the waitlist wishes; their place stays',
  params,
  body: ChangeEntry,
  answer: entryAnswer,
});

export const withdrawEntry = endpoint({
  method: 'POST',
  path: '/api/waitlist/entries/:id/withdraw',
  summary: 'Take someone off the waitlist',
  params,
  body: version.extend({ reason: Reason }),
  answer: entryAnswer,
});

export const putBackEntry = endpoint({
  method: 'POST',
  path: '/api/waitlist/entries/:id/put-back',
  summary: 'Take back that someone was taken off the waitlist',
  params,
  body: version,
  answer: entryAnswer,
});

export const listPatientWaitlist = endpoint({
  method: 'GET',
  path: '/api/patients/:id/waitlist',
  summary: 'What a person waits for or waited for, the latest first',
  params,
  answer: z.object({ entries: z.array(Entry) }),
});

export const listOpenings = endpoint({
  method: 'GET',
  path: '/api/waitlist/openings',
  summary: 'Openings that are offered now, then those that were, the latest first',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ openings: z.array(WaitlistOpening) }),
});

export const offerOpening = endpoint({
  method: 'POST',
  path: '/api/waitlist/openings',
  summary:
    'Offer free time to who waits, by the same rule as time that is given away; refused as a booking is',
  body: OfferOpening,
  answer: z.object({ opening: WaitlistOpening }),
});

export const readOpening = endpoint({
  method: 'GET',
  path: '/api/waitlist/openings/:id',
  summary: 'One opening: its offers, and in which order and why each was chosen or passed over',
  params,
  answer: z.object({
    opening: WaitlistOpening,
    offers: z.array(Offer),
    waves: z.array(LoggedWave),
  }),
});

export const stopOpening = endpoint({
  method: 'POST',
  path: '/api/waitlist/openings/:id/stop',
  summary: 'Offer an opening no more, and give its time back',
  params,
  answer: z.object({ opening: WaitlistOpening }),
});

export const acceptOffer = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/yes',
  summary: 'They want it: the first yes in time books the visit or moves it, every other is answered kindly',
  params,
  answer: z.object({
    result: z.enum(yesResults),
    said: z.string().describe('what to tell them'),
    visit: Visit.nullable(),
  }),
});

export const declineOffer = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/no',
  summary: 'They do not want this one; they keep their place',
  params,
  answer: offerAnswer,
});

export const notReached = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/not-reached',
  summary: 'Nobody picked up; they keep their place',
  params,
  answer: offerAnswer,
});

export const leaveMessage = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/left-message',
  summary: 'A message was left; the offer waits for its time',
  params,
  answer: offerAnswer,
});

export const takeBackAnswer = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/take-back',
  summary: 'Take back a no, or that nobody picked up, while the next were not asked',
  params,
  answer: offerAnswer,
});

export const tellLoser = endpoint({
  method: 'POST',
  path: '/api/waitlist/offers/:id/told',
  summary: 'Whoever had a message knows that the opening is gone',
  params,
  answer: offerAnswer,
});

export const readFigures = endpoint({
  method: 'GET',
  path: '/api/waitlist/figures',
  summary: 'How many openings were offered and filled, and how fast, by physician and visit type',
  query: z
    .object({ from: CalendarDate, to: CalendarDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'This lies before the first day.' }),
  answer: Figures,
});

export const readWaitlistSettings = endpoint({
  method: 'GET',
  path: '/api/waitlist/settings',
  summary: 'How freed time is offered to who waits',
  answer: z.object({ settings: KeptWaitlistSettings }),
});

export const changeWaitlistSettings = endpoint({
  method: 'POST',
  path: '/api/waitlist/settings',
  summary: 'Change how freed time is offered to who waits',
  body: z.object({ version: z.number().int().min(0), settings: WaitlistSettings }),
  answer: z.object({ settings: KeptWaitlistSettings }),
});
