import type { Permission } from '../../platform/contributions.ts';

export const schedulePermissions = [
  {
    key: 'visits.see',
    label: 'See the day, visits and openings',
    roles: ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor'],
  },
  { key: 'visits.book', label: 'Book visits', roles: ['secretary', 'nurse', 'manager'] },
  { key: 'visits.move', label: 'Move and resize visits', roles: ['secretary', 'nurse', 'manager'] },
  {
    key: 'visits.cancel',
    label: 'Cancel visits, record no-shows, bring visits back',
    roles: ['secretary', 'nurse', 'manager'],
  },
  {
    key: 'visits.confirm',
    label: 'Confirm visits and edit their reason and note',
    roles: ['secretary', 'nurse', 'manager'],
  },
  {
    key: 'visits.arrive',
    label: 'Check patients in, through the rooms, and out',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'visits.overbook',
    label: 'Book over another visit, with a reason',
    roles: ['secretary', 'manager'],
  },
  {
    key: 'visits.outside-hours',
    label: 'Book outside hours or on a closed day, with a reason',
    roles: ['manager'],
  },
  {
    key: 'visits.correct',
    label: 'Mark visits as entered in error and change what is past',
    roles: ['secretary', 'manager'],
  },
  {
    key: 'schedule.set-up',
    label: 'Set up physicians, rooms, devices, visit types and hours',
    roles: ['manager'],
  },
] as const satisfies readonly Permission[];
