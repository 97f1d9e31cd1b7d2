import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { readDay } from '../day/queries.ts';
import { initialsOf, usualSettings } from './rules.ts';
import type { FlowSettings, FlowTimes, PhysicianTimes, Wall } from './schema.ts';

/** How many days the medians look back. */
const latelyDays = 30;

/** The practice's own limits, in a read that many ask for; a change of them touches the set-up. */
export function rememberedFlowSettings(db: Db): Promise<FlowSettings> {
  return db.remember('flow settings', { topics: ['setup'], days: [] }, () => readFlowSettings(db));
}

export async function readFlowSettings(db: Db): Promise<FlowSettings> {
  const { rows } = await sql<FlowSettings>`
    select waiting_minutes, in_room_minutes, with_physician_minutes, hold_minutes, notice_hours, version
    from flow_settings`.execute(db);
  return rows[0] ?? usualSettings;
}

type WallAsked = {
  date: string;
  siteId?: string | undefined;
  physicianId?: string | undefined;
  now: Date;
  /** Whose initials a screen for everyone does not show. */
  unnamed: ReadonlySet<string>;
};

/** Who is here or expected, by initials: of the day's answer, and nothing else of it. */
export async function readWall(db: Db, { physicianId, unnamed, ...asked }: WallAsked): Promise<Wall> {
  const day = await readDay(db, asked);
  const names = new Map(day.resources.map((one) => [one.resourceId, one]));
  const shown = new Set(['booked', 'arrived', 'in_room', 'with_physician']);
  const visits = day.visits.filter(
    (one) => shown.has(one.state) && (!physicianId || one.resourceIds[0] === physicianId),
  );
  return {
    now: day.now,
    timeZone: day.sites[0]?.timeZone ?? 'UTC',
    limits: day.limits,
    visits: visits.map(({ visitId, state, startsAt, arrivedAt, inRoomAt, withPhysicianAt, ...visit }) => ({
      ...{ visitId, state, startsAt, arrivedAt, inRoomAt, withPhysicianAt },
      initials: unnamed.has(visit.patientId) ? '' : initialsOf(visit.patient),
      physicianName: names.get(visit.resourceIds[0] ?? '')?.name ?? '',
      roomName: visit.resourceIds.map((id) => names.get(id)).find((one) => one?.kind === 'room')?.name ?? '',
    })),
  };
}

/** Who has a visit that takes place on a day. */
export async function listPeopleOf(db: Db, date: string, timeZone: string): Promise<string[]> {
  const { startMs, endMs } = dayBounds(date, timeZone);
  const { rows } = await sql<{ patientId: string }>`
    select distinct patient_id from visits
    where starts_at >= ${new Date(startMs)} and starts_at < ${new Date(endMs)}
      and state not in ('cancelled', 'no_show', 'entered_in_error')
    order by patient_id limit 2000`.execute(db);
  return rows.map((row) => row.patientId);
}

type Asked = { date: string; siteId?: string | undefined; timeZone: string };

/** Medians of the way through the office, today and in the thirty days before; the latter at most a minute old. */
export async function readFlowTimes(db: Db, { date, siteId, timeZone }: Asked): Promise<FlowTimes> {
  const latelyFrom = addDays(date, -latelyDays);
  const { startMs, endMs } = dayBounds(date, timeZone);
  const from = new Date(dayBounds(latelyFrom, timeZone).startMs);
  const ago = { topics: ['flow-history'], days: [] };
  const lately = await db.remember(`flow times ${date} ${siteId ?? ''}`, ago, () =>
    listTimes(db, { from, to: new Date(startMs), siteId }),
  );
  const today = await listTimes(db, { from: new Date(startMs), to: new Date(endMs), siteId });
  return { today, lately, latelyFrom };
}

type Stretch = { from: Date; to: Date; siteId?: string | undefined };
type LegRow = Record<`${string}Count` | `${string}Median` | `${string}P90`, number | null>;

/** Of the steps that stand, by visit: from one to the next, then over the visits of each physician. */
async function listTimes(db: Db, { from, to, siteId }: Stretch): Promise<PhysicianTimes[]> {
  const { rows } = await sql<{ physicianId: string; visits: number } & LegRow>`
    with taken as (
      select practice_id, visit_id,
        max(at) filter (where step = 'arrived') as arrived,
        max(at) filter (where step = 'in_room') as in_room,
        max(at) filter (where step = 'with_physician') as with_physician,
        max(at) filter (where step = 'checked_out') as checked_out
      from visit_steps
      where at >= ${from} and at < ${to} and undone_at is null
        and step in ('arrived', 'in_room', 'with_physician', 'checked_out')
      group by practice_id, visit_id
    ), legs as (
      select v.physician_id,
        (extract(epoch from t.in_room - t.arrived) / 60)::float8 as waiting,
        (extract(epoch from t.with_physician - t.in_room) / 60)::float8 as in_room,
        (extract(epoch from t.checked_out - t.with_physician) / 60)::float8 as with_physician,
        (extract(epoch from t.checked_out - t.arrived) / 60)::float8 as whole
      -- By the whole key, and by no state: asked for one, the planner reads all visits of it for each
      from taken t join visits v on v.practice_id = t.practice_id and v.visit_id = t.visit_id
      where t.arrived is not null and t.checked_out is not null and v.state <> 'entered_in_error'
        and (${siteId ?? null}::uuid is null or v.site_id = ${siteId ?? null}::uuid)
    )
    select physician_id, count(*)::int as visits,
      count(waiting)::int as waiting_count,
      percentile_cont(0.5) within group (order by waiting) as waiting_median,
      percentile_cont(0.9) within group (order by waiting) as waiting_p90,
      count(in_room)::int as in_room_count,
      percentile_cont(0.5) within group (order by in_room) as in_room_median,
      percentile_cont(0.9) within group (order by in_room) as in_room_p90,
      count(with_physician)::int as with_physician_count,
      percentile_cont(0.5) within group (order by with_physician) as with_physician_median,
      percentile_cont(0.9) within group (order by with_physician) as with_physician_p90,
      count(whole)::int as whole_count,
      percentile_cont(0.5) within group (order by whole) as whole_median,
      percentile_cont(0.9) within group (order by whole) as whole_p90
    from legs group by physician_id order by physician_id limit 500`.execute(db);
  return rows.map((row) => ({
    physicianId: row.physicianId,
    visits: row.visits,
    waiting: legOf(row, 'waiting'),
    inRoom: legOf(row, 'inRoom'),
    withPhysician: legOf(row, 'withPhysician'),
    whole: legOf(row, 'whole'),
  }));
}

function legOf(row: LegRow, name: string) {
  const count = row[`${name}Count`] ?? 0;
  const [median, p90] = [row[`${name}Median`], row[`${name}P90`]];
  return typeof median === 'number' && typeof p90 === 'number' ? { count, median, p90 } : null;
}
