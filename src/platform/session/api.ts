import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { Id } from '../id.ts';

export const OwnSession = z.object({
  sessionId: z.string(),
  kind: z.enum(['browser', 'bearer']).describe('bearer: a program with a token'),
  device: z.string().describe('e.g. Firefox on Windows; empty where it is not known'),
  createdAt: z.string(),
  seenAt: z.string(),
  here: z.boolean().describe('the session that asks'),
});
export type OwnSession = z.infer<typeof OwnSession>;
export const listOwnSessions = endpoint({
  method: 'GET',
  path: '/api/session/own',
  summary: 'Where you are signed in',
  answer: z.object({ sessions: z.array(OwnSession) }),
});
export const signOutThere = endpoint({
  method: 'POST',
  path: '/api/session/own/:id/end',
  summary: 'End one of your own sessions',
  params: z.object({ id: Id }),
});
export const signOutElsewhere = endpoint({
  method: 'POST',
  path: '/api/session/own/end-others',
  summary: 'End all of your own sessions but this one',
  answer: z.object({ ended: z.number() }),
});
