import type { JobHandler } from '../../../platform/contributions.ts';
import { removeExpired } from './commands.ts';

export const holdJobs: readonly JobHandler[] = [
  {
    kind: 'schedule.remove-expired-holds',
    everyMinutes: 60,
    label: 'Tidy up holds that are over',
    run: removeExpired,
  },
];
