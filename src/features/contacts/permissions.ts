import type { Permission } from '../../platform/contributions.ts';

export const contactPermissions = [
  {
    key: 'contacts.see',
    label: 'See referring doctors and organizations',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'contacts.change',
    label: 'Add and change referring doctors and organizations',
    roles: ['secretary', 'biller', 'manager'],
  },
] as const satisfies readonly Permission[];
