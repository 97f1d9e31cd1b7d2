import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

type Known = { staffId: string; system: string; value: string };

/** How those who work here are known elsewhere. */
export async function listStaffIdentifiers(db: Db): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select staff_id, system, value from staff_identifiers order by staff_id, system, value limit 5000`.execute(
    db,
  );
  return rows;
}
