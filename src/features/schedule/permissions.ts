import type { Permission } from '../../platform/contributions.ts';
import type { VisitStep } from './visits/schema.ts';

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
    key: 'visits.override-slots',
    label: 'Book into time that a slot code keeps for other visits, with a reason',
    roles: ['secretary', 'manager'],
  },
  {
    key: 'visits.override-rules',
    label: 'Book against a rule of booking, with a reason',
    roles: ['manager'],
  },
  {
    key: 'visits.correct',
    label: 'Mark visits as entered in error and change what is past',
    roles: ['secretary', 'manager'],
  },
  {
    key: 'reports.see',
    label: 'See how visits were kept, missed and cancelled, and how full the hours are',
    roles: ['biller', 'physician', 'manager', 'auditor'],
  },
  {
    key: 'schedule.block',
    label: 'Block time on the schedule: lunch, rounds, a meeting',
    roles: ['secretary', 'nurse', 'physician', 'manager'],
  },
  {
    key: 'schedule.set-up',
    label: 'Set up physicians, rooms, devices, visit types and hours',
    roles: ['manager'],
  },
  {
    key: 'feeds.own',
    label: 'Read their own visits in another calendar',
    roles: ['nurse', 'physician', 'manager'],
  },
] as const satisfies readonly Permission[];

/** Who may take a step may undo it. */
export const stepPermissions: Record<VisitStep, string> = {
  booked: 'visits.book',
  moved: 'visits.move',
  confirmed: 'visits.confirm',
  unconfirmed: 'visits.confirm',
  arrived: 'visits.arrive',
  in_room: 'visits.arrive',
  with_physician: 'visits.arrive',
  checked_out: 'visits.arrive',
  cancelled: 'visits.cancel',
  left: 'visits.cancel',
  no_show: 'visits.cancel',
  reinstated: 'visits.cancel',
  entered_in_error: 'visits.correct',
  edited: 'visits.confirm',
  room_changed: 'visits.arrive',
  let_go: 'visits.cancel',
  // never the last step to undo: records are taken apart as they were merged, with all their visits
  merged: 'patients.merge',
  taken_apart: 'patients.merge',
};
