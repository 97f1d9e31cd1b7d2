import type { Permission } from '../../platform/contributions.ts';

export const teamPermissions = [
  {
    key: 'team.see',
    label: 'See who is here, who is away and who covers',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'team.away',
    label: 'Say when they are away, and cover for others',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
  { key: 'team.manage', label: 'Set absences and covers of everyone', roles: ['manager'] },
] as const satisfies readonly Permission[];
