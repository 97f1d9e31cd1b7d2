import type { Permission } from '../../platform/contributions.ts';

export const taskPermissions = [
  {
    key: 'duties.see',
    label: 'See Today: what the office owes, as far as the roles reach',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'duties.mark',
    label: 'Snooze duties and assign them',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'tasks.see',
    label: 'See tasks',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'tasks.make',
    label: 'Make tasks',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'tasks.change',
    label: 'Change tasks and mark them done',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager'],
  },
] as const satisfies readonly Permission[];
