import type { JobHandler } from '../../../platform/contributions.ts';
import { messageEvents } from '../../messages/events.ts';
import { onlineEvents } from '../../self-service/events.ts';
import { hearNotOut, tellBooked } from './commands.ts';

export const bookedJobs: readonly JobHandler[] = [
  {
    kind: 'reminders.tell-booked',
    on: ['online.booked.v1'],
    label: 'Tell people that the time they asked for online is theirs',
    run: (tx, payload) => tellBooked(tx, onlineEvents['online.booked.v1'].parse(payload).visitId),
  },
  {
    kind: 'reminders.booked-not-out',
    on: ['message.ended.v1'],
    label: 'Have people called whose time is booked and who could not be written to',
    run: async (tx, payload) => {
      const { aboutKind, aboutId, messageId } = messageEvents['message.ended.v1'].parse(payload);
      if (aboutKind === 'visit' && aboutId) await hearNotOut(tx, aboutId, messageId);
    },
  },
];
