import type { JobHandler } from '../../../platform/contributions.ts';
import { learnWhenDue } from './commands.ts';

export const riskJobs: readonly JobHandler[] = [
  {
    kind: 'schedule.learn-risk',
    everyMinutes: 60,
    label: 'Learn from the practice’s history which visits may be missed',
    run: learnWhenDue,
  },
];
