import type { Permission } from '../../platform/contributions.ts';

export const importPermissions = [
  {
    key: 'imports.run',
    label: 'Bring records in from other systems, and take them back',
    roles: ['manager'],
  },
] as const satisfies readonly Permission[];
