import type { Permission } from '../../../platform/contributions.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { listRoleChanges } from '../../../platform/session/role-changes.ts';
import { roleLabels } from '../../../platform/session/roles.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listAccounts } from './queries.ts';
import { roleCells } from './rules.ts';
import type { AccountRow } from './schema.ts';

/** Accounts and roles. The catalog holds every feature's permissions, which this feature cannot know. */
export const accountRoutes = (catalog: readonly Permission[]): readonly Route[] => [
  route(api.listAccounts, 'accounts.manage', async (tx) => ({ accounts: await listAccounts(tx.db) })),
  route(api.addAccount, 'accounts.manage', (tx, { body }) => commands.addAccount(tx, body)),
  route(api.changeAccount, 'accounts.manage', async (tx, { params, body }) => ({
    version: await commands.changeAccount(tx, params.accountId, body),
  })),
  route(api.resetPassword, 'accounts.manage', async (tx, { params, body }) => ({
    password: await commands.resetPassword(tx, params.accountId, body.version),
  })),
  route(api.listRoles, 'accounts.manage', async (tx) => ({
    roles: countPeople(await listAccounts(tx.db)),
    permissions: roleCells(catalog, await listRoleChanges(tx.db)),
  })),
  route(api.changeRole, 'accounts.manage', async (tx, { params, body }) => {
    await commands.changeRole(tx, catalog, { ...params, ...body });
    return {};
  }),
];

function countPeople(accounts: readonly AccountRow[]) {
  return roleKeys.map((role) => ({
    role,
    label: roleLabels[role],
    people: accounts.filter((account) => !account.disabled && account.roles.includes(role)).length,
  }));
}
