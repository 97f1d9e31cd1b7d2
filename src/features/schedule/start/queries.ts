import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { StartState } from './schema.ts';

export async function findStart(db: Db): Promise<StartState | null> {
  const { rows } = await sql<StartState>`
    select specialty, step, finished_at is not null as finished from set_ups`.execute(db);
  return rows[0] ?? null;
}
