import { sql } from 'kysely';
import { z } from 'zod';
import type { JobHandler } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { Id } from '../../platform/id.ts';
import { makeRecalls, takeFitting } from './recalls/commands.ts';

/** Follow-ups whose visit was completed leave the lists of open ones: a day later, when nobody undoes that any more. */
export async function settleKept(tx: Tx): Promise<void> {
  const { numAffectedRows } = await sql`
    update follow_ups f set settled_at = ${tx.now}
    from visits v
    where f.ended_as is null and f.settled_at is null and f.entered_in_error_at is null
      and v.practice_id = f.practice_id and v.visit_id = f.visit_id and v.patient_id = f.patient_id
      and v.state = 'checked_out' and v.checked_out_at < ${tx.now}::timestamptz - interval '1 day'`.execute(
    tx.db,
  );
  if (numAffectedRows) tx.touch('follow-ups');
}

const VisitTold = z.object({ visitId: Id });

/** A visit that was completed is not after all: what it had settled is owed again. */
export async function unsettle(tx: Tx, payload: Record<string, unknown>): Promise<void> {
  const { visitId } = VisitTold.parse(payload);
  await sql`
    update follow_ups set settled_at = null where visit_id = ${visitId} and settled_at is not null`.execute(
    tx.db,
  );
  tx.touch('follow-ups');
}

export const followUpJobs: readonly JobHandler[] = [
  {
    kind: 'follow-ups.recall',
    everyMinutes: 60,
    label: 'Call people back by the rules of the practice',
    run: async (tx) => void (await makeRecalls(tx)),
  },
  {
    kind: 'follow-ups.take-fitting',
    everyMinutes: 10,
    label: 'Take visits that fit a follow-up for it',
    run: async (tx) => void (await takeFitting(tx)),
  },
  {
    kind: 'follow-ups.settle',
    everyMinutes: 60,
    label: 'Take follow-ups that were kept off the open lists',
    run: settleKept,
  },
  {
    kind: 'follow-ups.unsettle',
    on: ['visit.reinstated.v1', 'visit.entered-in-error.v1'],
    label: 'Open follow-ups again whose visit did not take place',
    run: unsettle,
  },
];
