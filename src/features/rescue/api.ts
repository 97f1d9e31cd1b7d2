import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Printed } from '../prints/schema.ts';
import {
  AnotherAsked,
  NewRescue,
  Proposal,
  Rescue,
  RescueAsked,
  RescueLine,
  RescuePlan,
  SayTold,
  TakeAnother,
  ToRebook,
  Version,
} from './schema.ts';

const params = z.object({ id: Id });
const version = z.object({ version: Version });
const whole = z.object({ rescue: Rescue, lines: z.array(RescueLine).describe('whom to call first, first') });

/** A write only because it holds the places proposed. Topic `holds`. */
export const planRescue = endpoint({
  method: 'POST',
  path: '/api/rescue/plan',
  summary:
    'Everyone affected when a physician is out or late, by urgency, with a place for each held for this desk',
  body: RescueAsked,
  answer: RescuePlan,
});

export const findAnother = endpoint({
  method: 'POST',
  path: '/api/rescue/another',
  summary: 'The next place for one of them, or one with another physician, held instead of the one given up',
  body: AnotherAsked,
  answer: z.object({ proposal: Proposal, heldUntil: z.string().nullable() }),
});

export const keepPlaces = endpoint({
  method: 'POST',
  path: '/api/rescue/keep',
  summary: 'Hold the places of this desk’s rescue for some minutes more',
  answer: z.object({ heldUntil: z.string().nullable() }),
});

export const letGo = endpoint({
  method: 'POST',
  path: '/api/rescue/let-go',
  summary: 'Give back the places held for this desk’s rescue',
});

/**
 * All or nothing: who collided meanwhile is a 409 `conflict` with `offers` {collided: [{visitId, why}], missing: ids}.
 */
export const commitRescue = endpoint({
  method: 'POST',
  path: '/api/rescues',
  summary: 'Close the time and move, cancel or leave everyone as chosen, in one step or not at all',
  body: NewRescue,
  answer: whole,
});

export const listRescues = endpoint({
  method: 'GET',
  path: '/api/rescues',
  summary: 'Rescues of the last weeks and who is still to be told, the latest first',
  answer: z.object({ rescues: z.array(Rescue) }),
});

export const readRescue = endpoint({
  method: 'GET',
  path: '/api/rescues/:id',
  summary: 'The call list of a rescue: who was told, who agreed, who has not answered',
  params,
  answer: whole,
});

export const undoRescue = endpoint({
  method: 'POST',
  path: '/api/rescues/:id/undo',
  summary: 'Take back the whole rescue, also the closing, while nobody was told',
  params,
  body: version,
  answer: whole,
});

export const openAgain = endpoint({
  method: 'POST',
  path: '/api/rescues/:id/open-again',
  summary: 'Take back the closing alone: the physician is here after all',
  params,
  body: version,
  answer: whole,
});

export const printCallList = endpoint({
  method: 'POST',
  path: '/api/rescues/:id/print',
  summary: 'The call list on paper: phones, old and new time, by time',
  kind: 'read',
  params,
  answer: Printed,
});

const line = z.object({ line: RescueLine });

export const sayTold = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/told',
  summary: 'Say what came of a call: no answer, a message, agreed, refused',
  params,
  body: SayTold,
  answer: line,
});

export const notTold = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/not-told',
  summary: 'Take back what was said last about a call',
  params,
  body: version,
  answer: line,
});

export const takeAnother = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/another',
  summary: 'They wanted another time, and have it: the visit moves there',
  params,
  body: TakeAnother,
  answer: line,
});

export const toRebook = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/rebook',
  summary: 'They take none of it now: the visit is cancelled, and booking it again is owed by someone',
  params,
  body: ToRebook,
  answer: line,
});

export const settleLine = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/done',
  summary: 'Nothing more is owed: booked again, or they want no other time',
  params,
  body: version.extend({ note: z.string().trim().max(500).default('') }),
  answer: line,
});

export const undoLine = endpoint({
  method: 'POST',
  path: '/api/rescue-lines/:id/undo',
  summary: 'Put this one visit back where it was',
  params,
  body: version,
  answer: line,
});
