import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

/** Whose records an account broke the glass of, and until when each stands open. */
export async function listBroken(
  db: Db,
  accountId: string,
  now: Date,
): Promise<{ aboutId: string; until: string }[]> {
  const { rows } = await sql<{ aboutId: string; until: string }>`
    select patient_id as about_id, max(until) as until from broken_glass
    where account_id = ${accountId} and patient_id is not null and until > ${now}
    group by patient_id order by 2, 1 limit 100`.execute(db);
  return rows;
}

/** Until when an account’s rights are raised; null: they are not. */
export async function findEmergency(db: Db, accountId: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ until: string | null }>`
    select max(until) as until from broken_glass
    where account_id = ${accountId} and patient_id is null and until > ${now}`.execute(db);
  return rows[0]?.until ?? null;
}
