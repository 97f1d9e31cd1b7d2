import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { DutyMark } from './schema.ts';

const markColumns = sql`
  m.duty_key, m.snoozed_until, coalesce(m.snooze_reason, '') as snooze_reason, m.owner_staff_id,
  coalesce(s.display_name, '') as owner_name, m.version`;
const markTables = sql`
  duty_marks m left join staff s on s.practice_id = m.practice_id and s.staff_id = m.owner_staff_id`;

/** Marks still of use: those made lately. A duty lives days, not months. */
export async function listMarks(db: Db, since: Date): Promise<DutyMark[]> {
  const { rows } = await sql<DutyMark>`
    select ${markColumns} from ${markTables}
    where m.at > ${since} and (m.snoozed_until is not null or m.owner_staff_id is not null)
    order by m.at desc, m.duty_key limit 5000`.execute(db);
  return rows;
}

export async function findMark(db: Db, dutyKey: string): Promise<DutyMark | undefined> {
  const { rows } = await sql<DutyMark>`
    select ${markColumns} from ${markTables} where m.duty_key = ${dutyKey}`.execute(db);
  return rows[0];
}

export type Assignee = { staffId: string; displayName: string };

/** Who duties and tasks may be given to. */
export async function listAssignees(db: Db): Promise<Assignee[]> {
  const { rows } = await sql<Assignee>`
    select staff_id, display_name from staff where active order by display_name, staff_id limit 500`.execute(
    db,
  );
  return rows;
}
