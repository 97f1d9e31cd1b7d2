import type { Permission } from '../../platform/contributions.ts';

export const callPermissions = [
  {
    key: 'calls.see',
    label: 'See calls taken, and count them',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'calls.take',
    label: 'Take calls, hand them over and mark them done',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
] as const satisfies readonly Permission[];
