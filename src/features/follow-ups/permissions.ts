import type { Permission } from '../../platform/contributions.ts';

export const followUpPermissions = [
  {
    key: 'follow-ups.see',
    label: 'See follow-ups and what was tried',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'follow-ups.manage',
    label: 'Order follow-ups, book them, note what was tried and that a patient refuses',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'follow-ups.close',
    label: 'Close follow-ups that are not needed any more',
    roles: ['physician', 'manager'],
  },
] as const satisfies readonly Permission[];
