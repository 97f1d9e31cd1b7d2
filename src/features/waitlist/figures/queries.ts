import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { entryTables, stateColumn, todayOf } from '../queries.ts';
import type { FigureRow, Figures } from './schema.ts';

type Counted = Omit<FigureRow, 'physicianId' | 'visitTypeId' | 'physicianName' | 'visitTypeName'>;

const counts = sql`
  count(*)::int as opened, count(*) filter (where w.wave > 0 and exists (
    select from waitlist_offers o where o.practice_id = w.practice_id and o.opening_id = w.opening_id))::int as offered,
  count(*) filter (where w.outcome = 'filled')::int as filled,
  percentile_cont(0.5) within group (order by extract(epoch from w.closed_at - w.opened_at) / 60)
    filter (where w.outcome = 'filled') as minutes_to_fill`;

const rounded = <T extends Counted>(row: T): T => ({
  ...row,
  minutesToFill: row.minutesToFill === null ? null : Math.round(Number(row.minutesToFill) * 10) / 10,
});

/** Of the openings that came up in these days. */
export async function readFigures(
  db: Db,
  { from, to, now }: { from: Date; to: Date; now: Date },
): Promise<Figures> {
  const inRange = sql`w.opened_at >= ${from} and w.opened_at < ${to}`;
  const { rows } = await sql<FigureRow>`
    select w.physician_id, d.name as physician_name, w.visit_type_id, t.name as visit_type_name, ${counts}
    from waitlist_openings w
    join resources d on d.practice_id = w.practice_id and d.resource_id = w.physician_id
    join visit_types t on t.practice_id = w.practice_id and t.visit_type_id = w.visit_type_id
    where ${inRange}
    group by w.physician_id, d.name, w.visit_type_id, t.name
    order by d.name, t.name, w.physician_id, w.visit_type_id limit 1000`.execute(db);
  const { rows: sums } = await sql<Counted>`
    select ${counts} from waitlist_openings w where ${inRange}`.execute(db);
  const today = await todayOf(db, now);
  const { rows: waiting } = await sql<{ count: number }>`
    select count(*)::int as count from ${entryTables}
    where e.filled_at is null and e.withdrawn_at is null
      and ${stateColumn(now, today)} in ('waiting', 'offered')`.execute(db);
  const none = { opened: 0, offered: 0, filled: 0, minutesToFill: null };
  return { rows: rows.map(rounded), all: rounded(sums[0] ?? none), waiting: waiting[0]?.count ?? 0 };
}
