import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { bookVisit } from '../../schedule/visits/commands.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import { type Allowed, findTime } from '../times/queries.ts';
import type { Slot } from '../times/rules.ts';

type Booking = { patientId: string; allowed: Allowed; slot: Slot; reason?: string };

/** A time that the search offers is booked as the patient's own act; one that was taken meanwhile is refused. */
export async function bookByPatient(
  tx: Tx,
  { patientId, allowed, slot, reason = '' }: Booking,
): Promise<Visit> {
  const time = await findTime(tx.db, { ...allowed, patientId }, slot);
  if (!time) throw new Refusal('conflict', 'This time is not free any more.');
  return bookVisit(tx, {
    ...{ patientId, visitTypeId: allowed.visitTypeId, siteId: time.siteId, physicianId: time.physicianId },
    ...{ startsAt: time.startsAt, resourceIds: [], reason, note: '' },
  });
}
