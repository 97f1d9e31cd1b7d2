import type { Permission } from '../../platform/contributions.ts';

export const exportPermissions = [
  {
    key: 'records.export',
    label: 'Hand out a person’s whole record',
    roles: ['secretary', 'manager'],
  },
] as const satisfies readonly Permission[];
