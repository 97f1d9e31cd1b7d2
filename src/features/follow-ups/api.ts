import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Visit } from '../schedule/visits/schema.ts';
import {
  BookFollowUp,
  FollowUp,
  FollowUpChange,
  FollowUpDraft,
  FollowUpFilter,
  HistoryLine,
  NewAttempt,
  Reason,
  Version,
} from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ followUp: FollowUp });
const version = z.object({ version: Version });

export const orderFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups',
  summary: 'Order a follow-up: when, with whom, what first; it is owed until kept, refused or closed',
  body: FollowUpDraft,
  answer,
});

/** Where the next page goes on; pages are read one after the other. */
export const Counts = z.object({
  due: z.number(),
  overdue: z.number(),
  tries: z.number(),
  waiting: z.number(),
  open: z.number(),
  booked: z.number(),
  recalls: z.number(),
});

export const listFollowUps = endpoint({
  method: 'GET',
  path: '/api/follow-ups',
  summary: 'Follow-ups to work on, first due first, a page at a time',
  query: z.object({
    filter: FollowUpFilter.default('due'),
    after: z.string().max(60).optional().describe('`next` of the page before'),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  answer: z.object({ followUps: z.array(FollowUp), next: z.string().nullable() }),
});

export const countFollowUps = endpoint({
  method: 'GET',
  path: '/api/follow-ups/counts',
  summary: 'How many follow-ups each way to look holds, of those that are open',
  answer: z.object({ counts: Counts }),
});

export const readFollowUp = endpoint({
  method: 'GET',
  path: '/api/follow-ups/:id',
  summary: 'One follow-up with what was done and tried',
  params,
  answer: answer.extend({ history: z.array(HistoryLine) }),
});

export const changeFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/change',
  summary: 'Change the window, the visit, what must happen first, the priority or the words',
  params,
  body: FollowUpChange,
  answer,
});

export const bookFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/book',
  summary: 'Book a visit for it, both or neither; refusals are those of a booking',
  params,
  body: BookFollowUp,
  answer: answer.extend({ visit: Visit }),
});

export const linkFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/link',
  summary: 'Take a visit of the patient that is booked already, or was just completed, for it',
  params,
  body: version.extend({ visitId: Id }),
  answer,
});

export const unlinkFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/unlink',
  summary: 'The visit is not for this: the follow-up is open again, the visit stays',
  params,
  body: version,
  answer,
});

export const tickFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/first',
  summary: 'Say that something which must happen first is done, or is not after all',
  params,
  body: version.extend({ prerequisiteId: Id, done: z.boolean() }),
  answer,
});

export const recordAttempt = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/attempts',
  summary: 'Note that one tried to reach the patient, what came of it, and when to try again',
  params,
  body: NewAttempt,
  answer,
});

export const refuseFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/refuse',
  summary: 'The patient does not want it: it ends with the reason',
  params,
  body: version.extend({ reason: Reason }),
  answer,
});

export const closeFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/close',
  summary: 'It is not needed any more: it ends with the reason',
  params,
  body: version.extend({ reason: Reason }),
  answer,
});

export const reopenFollowUp = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/reopen',
  summary: 'Take back that it was refused, closed or entered in error',
  params,
  body: version,
  answer,
});

export const followUpInError = endpoint({
  method: 'POST',
  path: '/api/follow-ups/:id/entered-in-error',
  summary: 'Mark a follow-up as entered in error: it stays on record and is no longer owed',
  params,
  body: version.extend({ reason: Reason }),
  answer,
});

export const listPatientFollowUps = endpoint({
  method: 'GET',
  path: '/api/patients/:id/follow-ups',
  summary: 'Follow-ups of a person, open ones first',
  params,
  answer: z.object({ followUps: z.array(FollowUp) }),
});
