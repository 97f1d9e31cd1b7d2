import { z } from 'zod';
import { isDate } from '../../platform/calendar/dates.ts';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import {
  Call,
  CallDraft,
  Caller,
  CallStep,
  HandOver,
  Identity,
  Reason,
  triedKinds,
  Version,
} from './schema.ts';
import { CallSettings, KeptCallSettings } from './settings/schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ call: Call });
const version = z.object({ version: Version });
const Day = z.string().refine(isDate, 'Give a date, e.g. 2026-03-14.');

export const findCallers = endpoint({
  method: 'POST',
  path: '/api/calls/callers',
  summary: 'Who may be calling: patients, the directory and authorized persons, by number or scrap',
  kind: 'read',
  body: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(20).default(8) }),
  answer: z.object({ callers: z.array(Caller) }),
});

export const takeCall = endpoint({
  method: 'POST',
  path: '/api/calls',
  summary: 'Log a call; what was promised is owed from then on',
  body: CallDraft,
  answer,
});

export const listOpenCalls = endpoint({
  method: 'GET',
  path: '/api/calls/open',
  summary: 'Calls that someone waits for, dangers first, then the first promised first',
  answer: z.object({ calls: z.array(Call) }),
});

export const listCallsOfDay = endpoint({
  method: 'GET',
  path: '/api/calls',
  summary: 'Calls taken on a day, the latest first',
  query: z.object({ date: Day }),
  answer: z.object({ calls: z.array(Call) }),
});

export const readCall = endpoint({
  method: 'GET',
  path: '/api/calls/:id',
  summary: 'One call with what was done about it, and whether a message may be left',
  params,
  answer: z.object({
    call: Call,
    steps: z.array(CallStep),
    mayLeaveMessage: z.enum(['yes', 'limited', 'ask', 'no']),
  }),
});

export const recordTry = endpoint({
  method: 'POST',
  path: '/api/calls/:id/tries',
  summary: 'Say that one called back: nobody answered, a message was left, or they were reached',
  params,
  body: version.extend({ kind: z.enum(triedKinds), note: z.string().trim().max(500).default('') }),
  answer,
});

export const checkIdentity = endpoint({
  method: 'POST',
  path: '/api/calls/:id/identity',
  summary: 'Keep by what a caller proved who they are, or that they could not',
  params,
  body: version.extend({ identity: Identity }),
  answer,
});

export const handOverCall = endpoint({
  method: 'POST',
  path: '/api/calls/:id/hand-over',
  summary: 'Give a call to a colleague or a role, with the time by which it is owed',
  params,
  body: HandOver,
  answer,
});

export const sayAboutWhom = endpoint({
  method: 'POST',
  path: '/api/calls/:id/about',
  summary: 'Say which patient a call is about, e.g. a stranger who was registered since',
  params,
  body: version.extend({ patientId: Id }),
  answer,
});

export const finishCall = endpoint({
  method: 'POST',
  path: '/api/calls/:id/done',
  summary: 'What was promised is done',
  params,
  body: version.extend({ note: z.string().trim().max(500).default('') }),
  answer,
});

export const reopenCall = endpoint({
  method: 'POST',
  path: '/api/calls/:id/not-done',
  summary: 'Take back that a call is done',
  params,
  body: version,
  answer,
});

export const callInError = endpoint({
  method: 'POST',
  path: '/api/calls/:id/entered-in-error',
  summary: 'Mark a call as entered in error: it stays on record and is no longer owed',
  params,
  body: version.extend({ reason: Reason }),
  answer,
});

export const listPatientCalls = endpoint({
  method: 'GET',
  path: '/api/patients/:id/calls',
  summary: 'Calls about a person, the latest first',
  params,
  answer: z.object({ calls: z.array(Call) }),
});

export const countCalls = endpoint({
  method: 'GET',
  path: '/api/calls/counts',
  summary: 'How many calls were taken by hour of the day and reason, from one day to another',
  query: z
    .object({ from: Day, to: Day })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'This lies before the first day.' }),
  answer: z.object({
    cells: z.array(z.object({ hour: z.number(), reason: z.string(), count: z.number() })),
  }),
});

export const readCallSettings = endpoint({
  method: 'GET',
  path: '/api/calls/settings',
  summary: 'The practice’s reasons of calls, its words of danger and its instruction',
  answer: z.object({ settings: KeptCallSettings }),
});

export const changeCallSettings = endpoint({
  method: 'POST',
  path: '/api/calls/settings',
  summary: 'Change the reasons of calls, the words of danger and the instruction',
  body: z.object({ version: z.number().int().min(0), settings: CallSettings }),
  answer: z.object({ settings: KeptCallSettings }),
});
