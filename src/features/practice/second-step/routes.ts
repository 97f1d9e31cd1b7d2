import { roleKeys } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { listAskedRoles } from '../../../platform/session/factors/asked-roles.ts';
import { roleLabels } from '../../../platform/session/roles.ts';
import { listAccounts } from '../accounts/queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';

export const secondStepRoutes: readonly Route[] = [
  route(api.listAskedRoles, 'accounts.manage', async (tx) => {
    const accounts = (await listAccounts(tx.db)).filter((account) => !account.disabled);
    const asked = new Map((await listAskedRoles(tx.db)).map((one) => [one.role, one.requiredFrom]));
    return {
      roles: roleKeys.map((role) => {
        const holders = accounts.filter((account) => account.roles.includes(role));
        return {
          role,
          label: roleLabels[role],
          requiredFrom: asked.get(role) ?? null,
          people: holders.length,
          ready: holders.filter((account) => account.secondStep).length,
        };
      }),
    };
  }),
  route(api.askRole, 'accounts.manage', async (tx, { params, body }) => {
    await commands.askRole(tx, params.role, body);
    return {};
  }),
  route(api.resetSecondStep, 'accounts.manage', async (tx, { params, body }) => {
    await commands.resetSecondStep(tx, params.accountId, body);
    return {};
  }),
];
