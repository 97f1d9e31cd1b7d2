import type { Permission } from '../../platform/contributions.ts';

export const messagePermissions = [
  {
    key: 'messages.see',
    label: 'Read texts and e-mail with patients',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'messages.send',
    label: 'Write to patients, and see to their messages',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
] as const satisfies readonly Permission[];
