import { type Permission, type RoleKey, roleKeys } from '../contributions.ts';

export type RoleChange = { role: string; permission: string; allowed: boolean };

export const roleLabels: Record<RoleKey, string> = {
  secretary: 'Secretary',
  biller: 'Biller',
  nurse: 'Nurse',
  physician: 'Physician',
  manager: 'Manager',
  auditor: 'Auditor',
};

export function isRoleKey(role: string): role is RoleKey {
  return (roleKeys as readonly string[]).includes(role);
}

/** What these roles may do: the program's defaults, changed by what the manager granted and revoked. */
export function permissionsOf(
  roles: readonly string[],
  changes: readonly RoleChange[],
  catalog: readonly Permission[],
): Set<string> {
  const changed = new Map(changes.map((change) => [`${change.role} ${change.permission}`, change.allowed]));
  const allowed = new Set<string>();
  for (const permission of catalog) {
    for (const role of roles) {
      const byDefault = isRoleKey(role) && permission.roles.includes(role);
      if (changed.get(`${role} ${permission.key}`) ?? byDefault) allowed.add(permission.key);
    }
  }
  return allowed;
}
