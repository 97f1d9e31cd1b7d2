import type { JobHandler } from '../../platform/contributions.ts';
import { messageEvents } from '../messages/events.ts';
import { withdrawNotices } from '../messages/queueing/commands.ts';
import { visitEvents } from '../schedule/events.ts';
import { bookedJobs } from './booked/jobs.ts';
import { deriveReminders, hearConfirm, withdrawReminders } from './commands.ts';
import { offerJobs } from './offers/jobs.ts';

const VisitId = visitEvents['visit.cancelled.v1'].pick({ visitId: true });

export const reminderJobs: readonly JobHandler[] = [
  {
    kind: 'reminders.derive',
    label: 'Remind people of their visits',
    everyMinutes: 5,
    run: async (tx) => {
      await deriveReminders(tx);
    },
  },
  {
    kind: 'reminders.hear-answer',
    on: ['message.answered.v1'],
    label: 'Confirm visits that people confirmed by a message',
    run: async (tx, payload) => {
      const { aboutKind, askedId, messageId, meaning } = messageEvents['message.answered.v1'].parse(payload);
      if (aboutKind === 'visit' && meaning === 'confirm') await hearConfirm(tx, askedId, messageId);
    },
  },
  {
    kind: 'reminders.hear-visit',
    on: [
      'visit.cancelled.v1',
      'visit.moved.v1',
      'visit.no-show.v1',
      'visit.entered-in-error.v1',
      'visit.completed.v1',
    ],
    label: 'Hold back reminders of visits that were changed',
    run: async (tx, payload) => {
      const { visitId } = VisitId.parse(payload);
      await withdrawReminders(tx, visitId);
      await withdrawNotices(tx, visitId, (message) => message.template === 'booked');
    },
  },
  ...bookedJobs,
  ...offerJobs,
];
