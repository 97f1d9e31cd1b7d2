import { sql } from 'kysely';
import type { JobHandler } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { StaffChanged, staffChangedKind } from '../../practice/events.ts';

/** The schedule follows the staff: who left takes no more visits; who was renamed is called so in the columns. */
export const setupJobs: readonly JobHandler[] = [
  {
    kind: 'schedule.follow-staff',
    on: [staffChangedKind],
    label: 'Follow a change of staff on the schedule',
    run: followStaff,
  },
];

async function followStaff(tx: Tx, payload: Record<string, unknown>): Promise<void> {
  const { staffId, displayName, formerName, active } = StaffChanged.parse(payload);
  // A name that was given on the schedule itself stays; one who comes back is put back there by hand.
  const { rows } = await sql<{ resourceId: string }>`
    update resources set active = active and ${active},
      name = case when name = ${formerName} then ${displayName} else name end, version = version + 1
    where practice_id = ${tx.practiceId} and staff_id = ${staffId}
      and ((active and not ${active}) or (name = ${formerName} and name <> ${displayName}))
    returning resource_id`.execute(tx.db);
  for (const { resourceId } of rows) {
    const after = { displayName, active };
    tx.audit({
      action: 'resource.followed-staff',
      subjectKind: 'resource',
      subjectIds: [resourceId],
      after,
    });
    await touchVersion(tx, 'setup', resourceId);
  }
}
