import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** The platform's own endpoints: the session of the person at the desk, and whether the office is well. */

export const SessionAnswer = z.object({
  signedIn: z.boolean(),
  locked: z.boolean(),
  demo: z.boolean().describe('the practice is a demo: nothing leaves it'),
  demoRoles: z
    .array(z.string())
    .describe('roles that one click signs in as; empty anywhere but a demo on this machine'),
  firstPractice: z
    .enum(['no', 'here', 'code'])
    .describe('there is no practice yet: it is made on this machine, or with the code of the terminal'),
  practiceName: z.string(),
  timeZone: z.string(),
  accountId: z.string(),
  staffId: z.string(),
  displayName: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  mustChangePassword: z.boolean(),
  mustSetUpFactor: z.boolean().describe('a role asks for a second step: set it up before anything else'),
  setUpFactorBefore: z.string().nullable().describe('until when that may wait'),
  factorsReset: z
    .object({ at: z.string(), reason: z.string() })
    .nullable()
    .describe('a manager reset the second step, and it was not read yet'),
  expiresAt: z.string(),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const getSession = endpoint({
  method: 'GET',
  path: '/api/session',
  summary: 'Who is at this desk, and what they may do',
  answer: SessionAnswer,
});

export const SignIn = z.object({
  email: z.string().trim().min(3, 'Type your e-mail.').max(254),
  password: z.string().min(1, 'Type your password.').max(200),
  code: z
    .string()
    .trim()
    .max(40)
    .optional()
    .describe('of the authenticator app, or a recovery code; asked for by a 401 with `secondStep`'),
  kind: z
    .enum(['browser', 'bearer'])
    .default('bearer')
    .describe('browser: an HttpOnly cookie; bearer: a token in the answer'),
});
export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in; API clients get a bearer token',
  body: SignIn,
  answer: z.object({
    token: z.string().optional(),
    expiresAt: z.string(),
    recoveryCodesLeft: z.number().optional().describe('after one was used'),
  }),
});

export const signInToDemo = endpoint({
  method: 'POST',
  path: '/api/session/demo',
  summary: 'Sign in to the demo practice as one of its roles (this machine only)',
  body: z.object({ role: z.string().max(20) }),
  answer: z.object({ expiresAt: z.string() }),
});

export const lockDesk = endpoint({
  method: 'POST',
  path: '/api/session/lock',
  summary: 'Hide this desk until the password is given',
});
export const unlockDesk = endpoint({
  method: 'POST',
  path: '/api/session/unlock',
  summary: 'Go on at a locked desk',
  body: z.object({ password: z.string().min(1, 'Type your password.').max(200) }),
});
export const signOut = endpoint({ method: 'POST', path: '/api/session/end', summary: 'Sign out' });
export const changeOwnPassword = endpoint({
  method: 'POST',
  path: '/api/session/password',
  summary: 'Change your own password; you sign in again afterwards',
  body: z.object({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
});

export const Health = z.object({
  ok: z.boolean(),
  version: z.string(),
  storage: z.enum(['embedded', 'server']),
});
export const getHealth = endpoint({
  method: 'GET',
  path: '/api/health',
  summary: 'Whether the office answers',
  answer: Health,
});

export const getOpenApi = endpoint({
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This document',
  answer: z.record(z.string(), z.unknown()),
});

export const listenLive = endpoint({
  method: 'GET',
  path: '/api/live',
  summary:
    'What changed, as server-sent events of topics and keys (text/event-stream); resumes by Last-Event-ID',
});
