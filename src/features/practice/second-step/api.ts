import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Role } from '../schema.ts';
import { AskedRoleRow, AskRole, ResetSecondStep } from './schema.ts';

export const listAskedRoles = endpoint({
  method: 'GET',
  path: '/api/second-step',
  summary: 'Of which roles a second step at sign-in is asked, and who has one',
  answer: z.object({ roles: z.array(AskedRoleRow) }),
});
export const askRole = endpoint({
  method: 'PUT',
  path: '/api/second-step/:role',
  summary: 'Ask a role for a second step at sign-in, or no longer',
  params: z.object({ role: Role }),
  body: AskRole,
});
export const resetSecondStep = endpoint({
  method: 'POST',
  path: '/api/accounts/:accountId/second-step/reset',
  summary:
    'Take away someone’s app, passkeys and recovery codes: they lost them; they are signed out and told',
  params: z.object({ accountId: Id }),
  body: ResetSecondStep,
});
