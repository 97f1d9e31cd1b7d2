import { type RawBuilder, sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import type { Db } from '../../../platform/db/database.ts';
import { knownAfterDays, learnedDays, markOf, type RiskFacts, standingOf } from './rules.ts';
import { type Levels, type Mark, type RiskCell, RiskModel } from './schema.ts';

/**
 * Every booked visit with what was known of it some days before, and what became of it: `missed` is null where it is
 * not over or was cancelled. Who came without a booking is not among them. One statement says it for the learning
 * and for the marks, so both mean the same.
 */
function looked(whose: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    with told as (
      select v.practice_id, v.visit_id, v.patient_id, v.visit_type_id, v.starts_at,
        v.starts_at at time zone s.time_zone as at_local,
        greatest(0, (v.starts_at at time zone s.time_zone)::date - (v.created_at at time zone s.time_zone)::date)
          as lead_days,
        case when v.state = 'no_show' then 1
          when v.state = 'checked_out' or (v.state = 'cancelled' and v.cancel_reason = 'left-unseen') then 0
        end as missed,
        (exists (select from visit_steps x
          where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.undone_at is null
            and x.step in ('cancelled', 'moved') and x.detail ->> 'late' = 'true'))::int as late
      from visits v
      join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
      where v.state <> 'entered_in_error' and not v.walk_in and ${whose}
    ), known as (
      select t.*, (count(t.missed) over before)::int as told_before,
        coalesce(sum(t.missed) over before, 0)::int as missed_before,
        coalesce(sum(t.late) over before, 0)::int as late_before,
        max(t.starts_at) filter (where t.missed is not null) over before as last_at,
        max(t.starts_at) filter (where t.missed = 1) over before as last_missed_at
      from told t
      window before as (partition by t.patient_id order by t.starts_at
        range between make_interval(days => ${learnedDays}) preceding
          and make_interval(days => ${knownAfterDays}) preceding)
    )
    select k.practice_id, k.visit_id, k.visit_type_id, k.at_local::date as on_date, k.missed, k.lead_days, k.told_before, k.missed_before,
      k.late_before,
      case when k.told_before = 0 then 'none' when k.missed_before = 0 and k.told_before <= 2 then 'few'
        when k.missed_before = 0 then 'kept' when k.missed_before * 3 < k.told_before then 'some'
        else 'often' end as past,
      case when k.last_missed_at = k.last_at then 'missed' else 'other' end as last,
      least(2, k.late_before)::text as late,
      case when k.lead_days <= 0 then '0' when k.lead_days <= 7 then '1' when k.lead_days <= 30 then '8'
        when k.lead_days <= 90 then '31' else '91' end as lead,
      k.visit_type_id::text as type, extract(isodow from k.at_local)::int::text as weekday,
      case when extract(hour from k.at_local) < 10 then '00' when extract(hour from k.at_local) < 12 then '10'
        when extract(hour from k.at_local) < 15 then '12' else '15' end as hour
    from known k`;
}

/** What became of the visits of some days, those that look alike counted together. */
export async function tally(
  db: Db,
  { from, heldOutFrom, to }: { from: string; heldOutFrom: string; to: string },
): Promise<RiskCell[]> {
  const readFrom = new Date(`${addDays(from, -learnedDays - 1)}T00:00:00Z`);
  const readTo = new Date(`${addDays(to, 2)}T00:00:00Z`);
  const whose = sql`v.starts_at >= ${readFrom} and v.starts_at < ${readTo}`;
  const { rows } = await sql<RiskCell>`
    select x.on_date >= ${heldOutFrom}::date as held, x.past, x.last, x.late, x.lead, x.type, x.weekday, x.hour,
      count(*)::int as visits, sum(x.missed)::int as missed
    from (${looked(whose)}) x
    where x.missed is not null and x.on_date between ${from}::date and ${to}::date
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8 limit 200000`.execute(db);
  return rows;
}

type Found = { model: RiskModel; learnedAt: string };

/** What was learned last, remembered until it is learned anew. */
export function rememberedRisk(db: Db): Promise<Found | null> {
  return db.remember('visit risk', { topics: ['visit-risk'], days: [] }, () => readRisk(db));
}

export async function readRisk(db: Db): Promise<Found | null> {
  const { rows } = await sql<{ model: unknown; learnedAt: string }>`
    select model, learned_at from visit_risks`.execute(db);
  const [row] = rows;
  return row ? { model: RiskModel.parse(row.model), learnedAt: row.learnedAt } : null;
}

type Ahead = { visitId: string };
type Row = Levels & Omit<RiskFacts, 'levels'> & { visitId: string };

/** The marks of these visits, in one statement however many they are; in none where nothing is marked. */
export async function listMarks(db: Db, visits: readonly Ahead[]): Promise<Map<string, Mark>> {
  const found = await rememberedRisk(db);
  if (visits.length === 0 || !found || standingOf(found.model) !== 'marks') return new Map();
  const ids = sql`${visits.map((one) => one.visitId)}::uuid[]`;
  const whose = sql`v.patient_id in (select a.patient_id from visits a where a.visit_id = any (${ids}))`;
  const { rows } = await sql<Row>`
    select x.visit_id, x.past, x.last, x.late, x.lead, x.type, x.weekday, x.hour, x.lead_days, x.told_before,
      x.missed_before, x.late_before, t.name as type_name
    from (${looked(whose)}) x 
    join visit_types t on t.practice_id = x.practice_id and t.visit_type_id = x.visit_type_id
    where x.visit_id = any (${ids}) order by x.visit_id limit 2000`.execute(db);
  return new Map(
    rows.flatMap(({ visitId, past, last, late, lead, type, weekday, hour, ...facts }) => {
      const mark = markOf(found.model, { ...facts, levels: { past, last, late, lead, type, weekday, hour } });
      return mark ? [[visitId, mark] as const] : [];
    }),
  );
}

export async function listTypeNames(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; name: string }>`
    select visit_type_id::text as key, name from visit_types order by position, name, visit_type_id limit 500`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.key, row.name]));
}
