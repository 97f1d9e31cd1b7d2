import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';

/**
 * Lock what many steps in one transaction will lock, in the order in which each of them does: visits, people,
 * resources, and each kind by its ids. One lock after another would wait in a ring with a booking.
 */
export async function lockVisits(
  tx: Tx,
  { visitIds, resourceIds }: { visitIds: readonly string[]; resourceIds: readonly string[] },
): Promise<void> {
  await sql`
    select from visits where visit_id = any (${[...visitIds]}::uuid[])
    order by visit_id for no key update`.execute(tx.db);
  await sql`
    select from patients where patient_id in (select patient_id from visits where visit_id = any (${[...visitIds]}::uuid[]))
    order by patient_id for no key update`.execute(tx.db);
  await sql`
    select from resources where resource_id = any (${[...resourceIds]}::uuid[])
      or resource_id in (select resource_id from visit_resources where visit_id = any (${[...visitIds]}::uuid[]))
    order by resource_id for no key update`.execute(tx.db);
}

/**
 * These visits leave their time, each for another that the same transaction gives it: two may then change places, and a
 * room that one leaves is free for the next. Whoever calls this moves or cancels every one of them, or fails.
 */
export async function vacate(tx: Tx, visitIds: readonly string[]): Promise<void> {
  await sql`
    update visit_resources set released = true
    where practice_id = ${tx.practiceId} and visit_id = any (${[...visitIds]}::uuid[]) and not released`.execute(
    tx.db,
  );
}
