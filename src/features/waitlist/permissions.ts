import type { Permission } from '../../platform/contributions.ts';

export const waitlistPermissions = [
  {
    key: 'waitlist.see',
    label: 'See the waitlist, its offers and how they were chosen',
    roles: ['secretary', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'waitlist.keep',
    label: 'Put people on the waitlist, offer openings and note the answers',
    roles: ['secretary', 'nurse', 'manager'],
  },
] as const satisfies readonly Permission[];
