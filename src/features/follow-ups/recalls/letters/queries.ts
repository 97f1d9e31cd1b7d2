import { sql } from 'kysely';
import type { Db } from '../../../../platform/db/database.ts';
import type { LetterRound } from './schema.ts';

/** Rounds of letters since a moment, the latest first. */
export async function listRounds(db: Db, since: Date): Promise<LetterRound[]> {
  const { rows } = await sql<LetterRound>`
    select a.at, coalesce(s.display_name, '') as by_name, count(*)::int as letters
    from follow_up_attempts a
    left join staff s on s.practice_id = a.practice_id and s.staff_id = a.by_staff_id
    where a.at >= ${since} and a.letter_no is not null
    group by a.at, s.display_name order by a.at desc, s.display_name limit 20`.execute(db);
  return rows;
}

export type Written = { followUpId: string; letterNo: number };

/** What was written at this moment, in the order of the sheet. */
export async function listWritten(db: Db, at: Date, most: number): Promise<Written[]> {
  const { rows } = await sql<Written>`
    select a.follow_up_id, a.letter_no from follow_up_attempts a
    where a.at = ${at} and a.letter_no is not null
    order by a.follow_up_id limit ${most}`.execute(db);
  return rows;
}
