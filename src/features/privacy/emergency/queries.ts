import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

/** Until when an account’s rights are raised; null: they are not. */
export async function findEmergency(db: Db, accountId: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ until: string | null }>`
    select max(until) as until from broken_glass
    where account_id = ${accountId} and patient_id is null and until > ${now}`.execute(db);
  return rows[0]?.until ?? null;
}
