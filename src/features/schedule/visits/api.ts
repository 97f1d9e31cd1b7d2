import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Mark } from '../risk/schema.ts';
import {
  BookVisit,
  CancelVisit,
  ConfirmVisit,
  EditVisit,
  LetGoVisit,
  MoveVisit,
  PatientVisit,
  ReinstateVisit,
  RoomVisit,
  StepVisit,
  Visit,
  VisitHistoryStep,
  VisitInError,
  VisitStep,
} from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ visit: Visit });

/**
 * What is in the way is a 409 `conflict`: `message` says it with the way on, `offers` is {openings: Opening[]}
 * (openings/schema.ts), `overridePermission` the permission whose holder may send `overrideReason`.
 */
export const bookVisit = endpoint({
  method: 'POST',
  path: '/api/visits',
  summary: 'Book a visit on a physician and the rooms and devices that it needs, all or nothing',
  body: BookVisit,
  answer,
});

export const moveVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/move',
  summary: 'Move a visit to another time, physician or room, or change its length; refused as a booking is',
  params,
  body: MoveVisit,
  answer,
});

export const cancelVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/cancel',
  summary: 'Cancel a visit with its reason; the time is free at once',
  params,
  body: CancelVisit,
  answer,
});

export const noShowVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/no-show',
  summary: 'Record that the patient did not come',
  params,
  body: StepVisit,
  answer,
});

export const letGoVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/let-go',
  summary: 'The patient wants no other visit in place of one that was cancelled or missed',
  params,
  body: LetGoVisit,
  answer,
});

export const leftVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/left',
  summary: 'Record that the patient came and left without being seen; the time is free at once',
  params,
  body: StepVisit,
  answer,
});

export const confirmVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/confirm',
  summary: 'Record that the patient confirmed, or take it back',
  params,
  body: ConfirmVisit,
  answer,
});

export const arriveVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/arrive',
  summary: 'Check the patient in',
  params,
  body: StepVisit,
  answer,
});

export const roomVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/room',
  summary: 'The patient is in a room; another room than the booked one may be given',
  params,
  body: RoomVisit,
  answer,
});

export const withPhysicianVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/with-physician',
  summary: 'The physician is with the patient',
  params,
  body: StepVisit,
  answer,
});

export const checkOutVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/check-out',
  summary: 'Check the patient out',
  params,
  body: StepVisit,
  answer,
});

export const undoVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/undo',
  summary: 'Undo the last step of a visit, while it may be undone and its time is still free',
  params,
  body: StepVisit,
  answer,
});

export const reinstateVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/reinstate',
  summary: 'Bring back a cancelled or missed visit at its time, if that is still free',
  params,
  body: ReinstateVisit,
  answer,
});

export const visitInError = endpoint({
  method: 'POST',
  path: '/api/visits/:id/entered-in-error',
  summary: 'Mark a visit as entered in error: it stays on record and frees its time',
  params,
  body: VisitInError,
  answer,
});

export const editVisit = endpoint({
  method: 'PATCH',
  path: '/api/visits/:id',
  summary: 'Change the reason or the note of a visit',
  params,
  body: EditVisit,
  answer,
});

export const readVisit = endpoint({
  method: 'GET',
  path: '/api/visits/:id',
  summary: 'A visit with its history',
  params,
  answer: z.object({
    visit: Visit,
    steps: z.array(VisitHistoryStep).describe('oldest first'),
    /** The step that /undo would take back, and until when; null when nothing can be undone. */
    undo: z.object({ step: VisitStep, until: z.string() }).nullable(),
    mark: Mark.nullable().describe('that it may be missed, while nobody has confirmed it'),
  }),
});

export const listPatientVisits = endpoint({
  method: 'GET',
  path: '/api/patients/:id/visits',
  summary: 'The visits of a person: the next, the last, and a list with the latest first',
  params,
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
  answer: z.object({
    next: PatientVisit.nullable().describe('the earliest visit ahead that is booked'),
    last: PatientVisit.nullable().describe('the latest visit that took place'),
    visits: z.array(PatientVisit),
  }),
});
