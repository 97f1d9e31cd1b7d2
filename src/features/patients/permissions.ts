import type { Permission } from '../../platform/contributions.ts';

export const patientPermissions = [
  {
    key: 'patients.search',
    label: 'Find people',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'patients.open',
    label: 'Open a person’s record',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  { key: 'patients.register', label: 'Register people', roles: ['secretary', 'biller', 'nurse', 'manager'] },
  {
    key: 'patients.change',
    label: 'Change a person’s record and alerts',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'patients.merge',
    label: 'Make two records of one person one, and take them apart',
    roles: ['secretary', 'manager'],
  },
  { key: 'patients.remove', label: 'Mark a person’s record as entered in error', roles: ['manager'] },
] as const satisfies readonly Permission[];
