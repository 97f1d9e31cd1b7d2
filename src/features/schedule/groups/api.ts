import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Visit } from '../visits/schema.ts';
import {
  BookSeat,
  CancelSession,
  ChangeCapacity,
  ListSessions,
  Member,
  MoveSession,
  PlanSession,
  Session,
  SessionVersion,
} from './schema.ts';

const params = z.object({ id: Id });

export const planSession = endpoint({
  method: 'POST',
  path: '/api/groups',
  summary: 'Plan a group session: it takes the time of its physician and room, and has so many places',
  body: PlanSession,
  answer: z.object({ session: Session }),
});

export const listSessions = endpoint({
  method: 'GET',
  path: '/api/groups',
  summary: 'Group sessions from a day on, the next first, with the places taken',
  query: ListSessions,
  answer: z.object({ sessions: z.array(Session) }),
});

export const readSession = endpoint({
  method: 'GET',
  path: '/api/groups/:id',
  summary: 'A group session with its roster',
  params,
  answer: z.object({ session: Session, members: z.array(Member).describe('by name; also who cancelled') }),
});

export const bookSeat = endpoint({
  method: 'POST',
  path: '/api/groups/:id/seats',
  summary: 'Book a person into a group session; a full one is refused with the next that has a place',
  params,
  body: BookSeat,
  answer: z.object({ visit: Visit }),
});

export const cancelSession = endpoint({
  method: 'POST',
  path: '/api/groups/:id/cancel',
  summary: 'Cancel a whole session: the visit of each is cancelled with the one reason',
  params,
  body: CancelSession,
  answer: z.object({ version: z.number(), cancelled: z.number() }),
});

export const undoCancelSession = endpoint({
  method: 'POST',
  path: '/api/groups/:id/undo',
  summary: 'Take back the cancellation of a session, all of it or nothing',
  params,
  body: SessionVersion,
  answer: z.object({ version: z.number(), visits: z.number() }),
});

export const moveSession = endpoint({
  method: 'POST',
  path: '/api/groups/:id/move',
  summary: 'Move a session with everyone in it to another time, physician or room, all of it or nothing',
  params,
  body: MoveSession,
  answer: z.object({ session: Session, visits: z.number() }),
});

export const undoMoveSession = endpoint({
  method: 'POST',
  path: '/api/groups/:id/undo-move',
  summary: 'Take back the last move of a session, with everyone whom it moved, all of it or nothing',
  params,
  body: SessionVersion,
  answer: z.object({ session: Session, visits: z.number() }),
});

export const changeCapacity = endpoint({
  method: 'POST',
  path: '/api/groups/:id/capacity',
  summary: 'Change how many places a session has, never to fewer than are taken',
  params,
  body: ChangeCapacity,
  answer: z.object({ session: Session }),
});
