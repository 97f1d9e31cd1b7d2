import { sql } from 'kysely';
import type { JobHandler } from '../contributions.ts';
import { forgetOldKeys } from '../http/idempotency.ts';

const day = 86_400_000;

/** The platform's own housekeeping. */
export const upkeepJobs: readonly JobHandler[] = [
  {
    kind: 'platform.sweep',
    label: 'Sweep out old answers, events and ended sessions',
    everyMinutes: 60,
    run: async (tx) => {
      await forgetOldKeys(tx);
      const weekAgo = new Date(tx.now.getTime() - 7 * day);
      await sql`delete from outbox_events where practice_id = ${tx.practiceId} and at < ${weekAgo}`.execute(
        tx.db,
      );
      await sql`
        delete from sessions where practice_id = ${tx.practiceId}
          and (expires_at < ${weekAgo} or ended_at < ${weekAgo})`.execute(tx.db);
    },
  },
];
