import type { JobHandler } from '../../../platform/contributions.ts';
import { onlineEvents } from '../../self-service/events.ts';
import { tellBooked } from './commands.ts';

export const bookedJobs: readonly JobHandler[] = [
  {
    kind: 'reminders.tell-booked',
    on: ['online.booked.v1'],
    label: 'Tell people that the time they asked for online is theirs',
    run: (tx, payload) => tellBooked(tx, onlineEvents['online.booked.v1'].parse(payload).visitId),
  },
];
