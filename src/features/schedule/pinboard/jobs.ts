import type { JobHandler } from '../../../platform/contributions.ts';
import { removeOldPins } from './commands.ts';

export const pinJobs: readonly JobHandler[] = [
  {
    kind: 'schedule.remove-old-pins',
    everyMinutes: 24 * 60,
    label: 'Tidy up pinboards',
    run: removeOldPins,
  },
];
