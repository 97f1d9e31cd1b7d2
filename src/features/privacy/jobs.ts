import type { JobHandler, PresentReason } from '../../platform/contributions.ts';
import { findPractice } from '../practice/queries.ts';
import { lookThroughNewDays } from './snoops/commands.ts';

/** Every night the day before is looked through; a day that was missed, with the next. */
export const privacyJobs = (reasons: readonly PresentReason[]): readonly JobHandler[] => [
  {
    kind: 'privacy.look-through',
    everyMinutes: 6 * 60,
    label: 'looking through who looked at whom',
    run: async (tx) => {
      const { timeZone } = await findPractice(tx.db);
      await lookThroughNewDays(tx, { timeZone, reasons });
    },
  },
];
