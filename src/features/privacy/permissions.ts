import type { Permission } from '../../platform/contributions.ts';

export const privacyPermissions = [
  {
    key: 'privacy.review',
    label: 'Review look-ups, broken glass and the snooping report',
    roles: ['manager', 'auditor'],
  },
  {
    key: 'privacy.set-up',
    label: 'Choose when the office asks why, and restrict records',
    roles: ['manager'],
  },
  {
    key: 'privacy.break-glass',
    label: 'Open a restricted record with a reason, for a limited time',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'privacy.emergency',
    label: 'Raise the own rights to read everything in an emergency, for a limited time',
    roles: ['nurse', 'physician', 'manager'],
  },
  {
    key: 'privacy.tell-patient',
    label: 'Tell a patient who looked at their record',
    roles: ['manager', 'auditor'],
  },
] as const satisfies readonly Permission[];
