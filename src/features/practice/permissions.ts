import type { Permission } from '../../platform/contributions.ts';

export const practicePermissions = [
  {
    key: 'practice.see',
    label: 'See sites, staff and closures',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  { key: 'practice.set-up', label: 'Set up sites, staff, hours and visit types', roles: ['manager'] },
  { key: 'accounts.manage', label: 'Make accounts, set roles, reset passwords', roles: ['manager'] },
  { key: 'audit.read', label: 'Read the audit', roles: ['manager', 'auditor'] },
  { key: 'office.upkeep', label: 'See version, storage, backups and the job queue', roles: ['manager'] },
] as const satisfies readonly Permission[];
