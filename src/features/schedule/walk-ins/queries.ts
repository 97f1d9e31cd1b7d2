import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';

type Stretch = { from: Date; to: Date };

/** How many wait for each physician now, also in a room. */
export async function countWaiting(db: Db, { from, to }: Stretch): Promise<Map<string, number>> {
  const { rows } = await sql<{ physicianId: string; count: number }>`
    select physician_id, count(*)::int as count from visits
    where state in ('arrived', 'in_room') and starts_at >= ${from} and starts_at < ${to}
    group by physician_id order by physician_id limit 500`.execute(db);
  return new Map(rows.map((row) => [row.physicianId, row.count]));
}

/** A visit of this person that is booked in a stretch: whoever has one is checked in for it. */
export async function findBookedBetween(db: Db, patientId: string, { from, to }: Stretch) {
  const { rows } = await sql<{ startsAt: string; physicianName: string; timeZone: string }>`
    select v.starts_at, d.name as physician_name, s.time_zone
    from visits v
    join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.patient_id = ${patientId} and v.state = 'booked' and v.starts_at >= ${from} and v.starts_at < ${to}
    order by v.starts_at limit 1`.execute(db);
  return rows[0];
}
