import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';

export const AccessKeyRow = z.object({
  accessKeyId: Id,
  label: z.string(),
  accountId: Id,
  displayName: z.string().describe('whose account it acts for'),
  accountDisabled: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  purpose: z.string().describe('what it reads people for; empty: each request says it in X-Purpose'),
});
export type AccessKeyRow = z.infer<typeof AccessKeyRow>;

/** The longest that a key may live. */
export const longestKeyDays = 730;

export const NewAccessKey = z.object({
  accountId: Id.describe('it may do what this account may do'),
  label: z.string().trim().min(1, 'Name the program, e.g. “Online booking”.').max(100),
  purpose: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe('what it reads people for; empty: each request says it in X-Purpose'),
  days: z.number().int().min(1, 'At least one day.').max(longestKeyDays, 'At most two years.').default(365),
});

export const listAccessKeys = endpoint({
  method: 'GET',
  path: '/api/access-keys',
  summary: 'The keys with which programs sign in, newest first',
  answer: z.object({ keys: z.array(AccessKeyRow) }),
});
export const makeAccessKey = endpoint({
  method: 'POST',
  path: '/api/access-keys',
  summary: 'Make a key with which a program acts for an account; it is shown once',
  secret: true,
  body: NewAccessKey,
  answer: z.object({ accessKeyId: Id, key: z.string() }),
});
export const revokeAccessKey = endpoint({
  method: 'POST',
  path: '/api/access-keys/:accessKeyId/revoke',
  summary: 'End a key at once',
  params: z.object({ accessKeyId: Id }),
});
