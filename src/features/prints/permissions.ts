import type { Permission } from '../../platform/contributions.ts';

export const printPermissions = [
  {
    key: 'prints.day-sheets',
    label: 'Print day sheets',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'prints.slips',
    label: 'Print routing slips',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  { key: 'prints.cards', label: 'Print appointment cards', roles: ['secretary', 'nurse', 'manager'] },
  {
    key: 'prints.labels',
    label: 'Print address and chart labels',
    roles: ['secretary', 'biller', 'nurse', 'manager'],
  },
] as const satisfies readonly Permission[];
