import { sql } from 'kysely';
import type { JobHandler } from '../../platform/contributions.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { PatientDeceased, patientDeceased } from '../patients/events.ts';
import { recordCancel } from './steps/commands.ts';
import { lockVisit } from './visits/queries.ts';

/** Nobody is to be called about the visit of someone who has died: what is booked ahead is cancelled. */
async function cancelAhead(tx: Tx, patientId: string): Promise<void> {
  const { rows } = await sql<{ visitId: string }>`
    select visit_id from visits
    where patient_id = ${patientId} and state = 'booked' and starts_at > ${tx.now}
    order by visit_id limit 1000`.execute(tx.db);
  for (const { visitId } of rows) {
    const visit = await lockVisit(tx.db, visitId);
    if (visit?.state === 'booked') await recordCancel(tx, visit, { reason: 'deceased', text: '' });
  }
}

export const scheduleJobs: readonly JobHandler[] = [
  {
    kind: 'schedule.cancel-of-deceased',
    on: [patientDeceased],
    label: 'Cancel the visits of a person who has died',
    run: async (tx, payload) => {
      const { patientId, deceased } = PatientDeceased.parse(payload);
      if (deceased) await cancelAhead(tx, patientId);
    },
  },
];
