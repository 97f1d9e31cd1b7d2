import { type RawBuilder, sql } from 'kysely';
import { addDays, dateOfDay, dayNumber, isoWeekday } from '../../../platform/calendar/dates.ts';
import { dayBounds } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { readHoursFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { listFirstOpenings } from '../openings/queries.ts';
import type { CancelReason } from '../visits/schema.ts';
import { leadStretches, minutesWithin, nthApart, sumOf, weekdayNames, whyNotDays } from './rules.ts';
import type {
  OutcomeGroup,
  OutcomeRow,
  Outcomes,
  OutcomesReport,
  ReasonsReport,
  ThirdNextRow,
  UtilizationRow,
} from './schema.ts';

type Days = { from: string; to: string };

function requireDays(days: Days): void {
  const why = whyNotDays(days);
  if (why) throw new Refusal('bad-input', why, { fields: { to: why } });
}

/** The visits of these days in the zone of their site, read off the index of starts. */
function told({ from, to }: Days): RawBuilder<unknown> {
  const wide = {
    from: new Date(`${addDays(from, -1)}T00:00:00Z`),
    to: new Date(`${addDays(to, 2)}T00:00:00Z`),
  };
  return sql`
    select v.*, (v.starts_at at time zone s.time_zone)::date as on_date,
      (v.created_at at time zone s.time_zone)::date as booked_on
    from visits v join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.starts_at >= ${wide.from} and v.starts_at < ${wide.to} and v.state <> 'entered_in_error'
      and (v.starts_at at time zone s.time_zone)::date between ${from}::date and ${to}::date`;
}

/** Visits that the patient cancelled or moved too late, once each; steps that were undone do not count. */
const late = sql`
  select practice_id, visit_id, bool_or(step = 'cancelled') as cancelled, bool_or(step = 'moved') as moved
  from visit_steps
  where undone_at is null and step in ('cancelled', 'moved') and detail ->> 'late' = 'true'
  group by practice_id, visit_id`;

/** Who wanted it cancelled, where that was said; else as the reason tells (notice/rules.ts). */
const asked = sql`
  left join lateral (
    select x.detail ->> 'askedBy' as by from visit_steps x
    where t.state = 'cancelled' and x.practice_id = t.practice_id and x.visit_id = t.visit_id
      and x.step = 'cancelled' and x.undone_at is null
    order by x.step_no desc limit 1) a on true`;
const byPatient = sql`coalesce(a.by = 'patient', t.cancel_reason in ('patient-asked', 'patient-ill'), false)`;
const left = sql`coalesce(t.cancel_reason = 'left-unseen', false)`;

const counts = sql`
  count(*)::int as visits,
  (count(*) filter (where t.state = 'checked_out'))::int as kept,
  (count(*) filter (where t.state in ('booked', 'arrived', 'in_room', 'with_physician')))::int as open,
  (count(*) filter (where t.state = 'no_show'))::int as no_shows,
  (count(*) filter (where t.state = 'cancelled' and ${left}))::int as left_unseen,
  (count(*) filter (where t.state = 'cancelled' and not ${left} and ${byPatient}))::int as cancelled_by_patient,
  (count(*) filter (where t.state = 'cancelled' and not ${left} and not ${byPatient}))::int
    as cancelled_by_practice,
  (count(*) filter (where t.state = 'cancelled' and l.cancelled))::int as late_cancels,
  (count(*) filter (where l.moved))::int as late_moves`;

const keys: Record<OutcomeGroup, RawBuilder<unknown>> = {
  physician: sql`t.physician_id::text`,
  'visit-type': sql`t.visit_type_id::text`,
  weekday: sql`extract(isodow from t.on_date)::int::text`,
  lead: sql`case when t.walk_in or t.on_date <= t.booked_on then '0' when t.on_date - t.booked_on <= 7 then '1'
    when t.on_date - t.booked_on <= 30 then '8' when t.on_date - t.booked_on <= 90 then '31' else '91' end`,
  month: sql`to_char(t.on_date, 'YYYY-MM')`,
};

async function countBy(db: Db, days: Days, by: OutcomeGroup): Promise<(Outcomes & { key: string })[]> {
  const { rows } = await sql<Outcomes & { key: string }>`
    with t as (${told(days)}), l as (${late})
    select ${keys[by]} as key, ${counts}
    from t left join l on l.practice_id = t.practice_id and l.visit_id = t.visit_id ${asked}
    group by 1 order by 1 limit 500`.execute(db);
  return rows;
}

async function listNames(db: Db, by: OutcomeGroup): Promise<Map<string, string>> {
  if (by === 'weekday') return new Map(weekdayNames.map((name, at) => [String(at + 1), name]));
  if (by === 'lead') return new Map(leadStretches.map(({ key, label }) => [key, label]));
  if (by === 'month') return new Map();
  const { rows } = await (by === 'physician'
    ? sql<{ key: string; name: string }>`
        select resource_id::text as key, name from resources where kind = 'physician'
        order by position, name, resource_id limit 500`
    : sql<{ key: string; name: string }>`
        select visit_type_id::text as key, name from visit_types order by position, name, visit_type_id limit 500`
  ).execute(db);
  return new Map(rows.map(({ key, name }) => [key, name]));
}

/** What became of the visits of some days, told apart, beside the year before. */
export async function reportOutcomes(
  db: Db,
  { by, ...days }: Days & { by: OutcomeGroup },
): Promise<OutcomesReport> {
  requireDays(days);
  const counted = await countBy(db, days, by);
  const names = await listNames(db, by);
  const order = [...names.keys()];
  const rows: OutcomeRow[] = counted.map((row) => ({ ...row, label: names.get(row.key) ?? row.key }));
  if (order.length > 0) rows.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const baselineFrom = addDays(days.from, -365);
  const before = await countBy(db, { from: baselineFrom, to: addDays(days.from, -1) }, 'weekday');
  return { rows, all: sumOf(rows), baseline: sumOf(before), baselineFrom };
}

/** Why visits of some days were cancelled, most frequent first. */
export async function reportReasons(db: Db, days: Days): Promise<ReasonsReport> {
  requireDays(days);
  const { rows } = await sql<{ reason: CancelReason; visits: number; late: number }>`
    with t as (${told(days)}), l as (${late})
    select t.cancel_reason as reason, count(*)::int as visits, (count(*) filter (where l.cancelled))::int as late
    from t left join l on l.practice_id = t.practice_id and l.visit_id = t.visit_id
    where t.state = 'cancelled' and t.cancel_reason is not null
    group by t.cancel_reason order by 2 desc, 1 limit 50`.execute(db);
  return { rows };
}

type Booked = Pick<
  UtilizationRow,
  'physicianId' | 'weekOf' | 'bookedMinutes' | 'keptMinutes' | 'missedMinutes'
>;

/** By physician and week: hours, and what of them was booked and kept. */
export async function reportUtilization(db: Db, days: Days): Promise<UtilizationRow[]> {
  requireDays(days);
  const facts = await readHoursFacts(db, addDays(days.from, -1), addDays(days.to, 1));
  const { rows } = await sql<Booked>`
    with t as (${told(days)})
    select physician_id, date_trunc('week', on_date)::date::text as week_of,
      coalesce(sum(extract(epoch from ends_at - starts_at) / 60), 0)::int as booked_minutes,
      coalesce(sum(extract(epoch from ends_at - starts_at) / 60) filter (where state = 'checked_out'), 0)::int
        as kept_minutes,
      coalesce(sum(extract(epoch from ends_at - starts_at) / 60) filter (where state = 'no_show'), 0)::int
        as missed_minutes
    from t where state <> 'cancelled' group by 1, 2 order by 2, 1 limit 5000`.execute(db);
  const booked = new Map(rows.map((row) => [`${row.physicianId} ${row.weekOf}`, row]));
  const physicians = facts.resources.filter((one) => one.kind === 'physician');
  const zone = new Map(facts.sites.map((site) => [site.id, site.timeZone]));
  const { available } = listHours({ ...facts, resources: physicians, ...days });
  return listWeeks(days).flatMap((week) =>
    physicians.flatMap(({ resourceId: physicianId, name: physicianName }) => {
      const openMinutes = available
        .filter((one) => one.resourceId === physicianId)
        .reduce((sum, one) => sum + minutesWithin([one], boundsOf(week, zone.get(one.siteId) ?? 'UTC')), 0);
      const found = booked.get(`${physicianId} ${week.weekOf}`);
      if (!found && openMinutes === 0) return [];
      const { bookedMinutes = 0, keptMinutes = 0, missedMinutes = 0 } = found ?? {};
      return [
        {
          ...{ physicianId, physicianName, weekOf: week.weekOf, openMinutes },
          ...{ bookedMinutes, keptMinutes, missedMinutes },
        },
      ];
    }),
  );
}

type Week = Days & { weekOf: string };

/** The weeks of some days, each only as far as it is among them. */
function listWeeks({ from, to }: Days): Week[] {
  const weeks: Week[] = [];
  let monday = addDays(from, 1 - isoWeekday(from));
  for (; monday <= to; monday = dateOfDay(dayNumber(monday) + 7)) {
    const sunday = addDays(monday, 6);
    weeks.push({ weekOf: monday, from: monday < from ? from : monday, to: sunday > to ? to : sunday });
  }
  return weeks;
}

function boundsOf({ from, to }: Days, zone: string): { startMs: number; endMs: number } {
  return { startMs: dayBounds(from, zone).startMs, endMs: dayBounds(to, zone).endMs };
}

/** How far the third opening is looked for. */
const lookedDays = 60;

/** When each physician of a type has the third appointment to give out. */
export async function reportThirdNext(
  db: Db,
  visitTypeId: string,
  now: Date,
): Promise<{ rows: ThirdNextRow[]; lookedDays: number }> {
  const { today, physicians } = await listFirstOpenings(db, visitTypeId, { now, days: lookedDays, most: 50 });
  const zones = await listZones(db);
  const rows = physicians.map(({ resourceId, name, openings }): ThirdNextRow => {
    const stretches = openings.map((one) => ({ ...one, startMs: one.startsAtMs, endMs: one.endsAtMs }));
    const [first, third] = [nthApart(stretches, 1), nthApart(stretches, 3)];
    return {
      physicianId: resourceId,
      physicianName: name,
      firstAt: first ? new Date(first.startMs).toISOString() : null,
      thirdAt: third ? new Date(third.startMs).toISOString() : null,
      days: third ? dayNumber(third.onDate) - dayNumber(today) : null,
      timeZone: zones.get((third ?? first)?.siteId ?? '') ?? 'UTC',
    };
  });
  return { rows, lookedDays };
}

async function listZones(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ siteId: string; timeZone: string }>`
    select site_id, time_zone from sites order by position, name, site_id limit 500`.execute(db);
  return new Map(rows.map((row) => [row.siteId, row.timeZone]));
}
