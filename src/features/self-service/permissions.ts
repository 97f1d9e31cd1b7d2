import type { Permission } from '../../platform/contributions.ts';

export const selfServicePermissions = [
  {
    key: 'links.make',
    label: 'Give a patient a link to their visit',
    roles: ['secretary', 'nurse', 'manager'],
  },
  {
    key: 'online.see',
    label: 'See what people asked for and wrote on the practice’s public pages',
    roles: ['secretary', 'nurse', 'manager', 'auditor'],
  },
  {
    key: 'online.keep',
    label: 'Answer what people asked for and wrote on the practice’s public pages',
    roles: ['secretary', 'nurse', 'manager'],
  },
] as const satisfies readonly Permission[];
