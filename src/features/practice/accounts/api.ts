import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Role, Version } from '../schema.ts';
import { AccountChange, AccountRow, NewAccount, RoleMatrix } from './schema.ts';

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/accounts',
  summary: 'Who can sign in, with which roles',
  answer: z.object({ accounts: z.array(AccountRow) }),
});
export const addAccount = endpoint({
  method: 'POST',
  path: '/api/accounts',
  summary: 'Let someone who works here sign in; the password is shown once and must be changed',
  secret: true,
  body: NewAccount,
  answer: z.object({ accountId: Id, password: z.string() }),
});
export const changeAccount = endpoint({
  method: 'PATCH',
  path: '/api/accounts/:accountId',
  summary: 'Change roles or e-mail, disable or enable',
  params: z.object({ accountId: Id }),
  body: AccountChange,
  answer: z.object({ version: z.number() }),
});
export const resetPassword = endpoint({
  method: 'POST',
  path: '/api/accounts/:accountId/reset',
  summary: 'Give a new password, shown once; the person is signed out and must change it',
  secret: true,
  params: z.object({ accountId: Id }),
  body: z.object({ version: Version }),
  answer: z.object({ password: z.string() }),
});

export const listRoles = endpoint({
  method: 'GET',
  path: '/api/roles',
  summary: 'What each role may do: the defaults, and what the manager changed',
  answer: RoleMatrix,
});
export const changeRole = endpoint({
  method: 'PUT',
  path: '/api/roles/:role/permissions/:permission',
  summary: 'Grant a role a permission, or take it away',
  params: z.object({ role: Role, permission: z.string().max(60) }),
  body: z.object({ allowed: z.boolean(), was: z.boolean().describe('what you saw before') }),
});
