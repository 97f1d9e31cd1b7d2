import { sql } from 'kysely';
import { type BusinessCalendar, businessCalendar } from '../../../platform/calendar/business-days.ts';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { DutyContext } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import type { CancelReason, VisitState, VisitStep } from '../visits/schema.ts';

/** What a duty says of a visit. */
export type OwedVisit = {
  visitId: string;
  version: number;
  state: VisitState;
  patientId: string;
  patientName: string;
  noPhone: boolean;
  noAddress: boolean;
  visitTypeId: string;
  visitTypeName: string;
  physicianName: string;
  timeZone: string;
  startsAt: string;
  endsAt: string;
  confirmedAt: string | null;
  arrivedAt: string | null;
  inRoomAt: string | null;
  withPhysicianAt: string | null;
  checkedOutAt: string | null;
  createdAt: string;
};

const columns = sql`
  v.visit_id, v.version, v.state, v.patient_id,
  case when p.preferred_name = '' then p.given_name else p.preferred_name end || ' ' || p.family_name
    as patient_name,
  p.phones = '[]' as no_phone, p.addresses = '[]' as no_address, v.visit_type_id, t.name as visit_type_name,
  d.name as physician_name, s.time_zone, v.starts_at, v.ends_at, v.confirmed_at, v.arrived_at,
  v.in_room_at, v.with_physician_at, v.checked_out_at, v.created_at`;

const joins = sql`
  join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
  join visit_types t on t.practice_id = v.practice_id and t.visit_type_id = v.visit_type_id
  join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
  join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id`;

export type Stretch = { states: readonly VisitState[]; from: Date; to: Date };

/** Visits in these states that start in a stretch, by start: read off the index of states. */
export async function listInState(
  db: Db,
  { states, from, to }: Stretch,
  only: 'all' | 'unconfirmed' | 'unreachable' = 'all',
): Promise<OwedVisit[]> {
  const { rows } = await sql<OwedVisit>`
    select ${columns} from visits v ${joins}
    where v.state = any(${[...states]}::text[]) and v.starts_at >= ${from} and v.starts_at < ${to}
      and (${only} <> 'unconfirmed' or v.confirmed_at is null)
      and (${only} <> 'unreachable' or p.phones = '[]' or p.addresses = '[]')
    order by v.starts_at, v.visit_id limit 500`.execute(db);
  return rows;
}

/** These visits, by start. */
export async function listOwed(db: Db, visitIds: readonly string[]): Promise<OwedVisit[]> {
  const { rows } = await sql<OwedVisit>`
    select ${columns} from visits v ${joins} where v.visit_id = any (${[...visitIds]}::uuid[])
    order by v.starts_at, v.visit_id limit 500`.execute(db);
  return rows;
}

/** Why a cancelled visit is offered again; booked twice was one too many. */
const rebooked = ['patient-asked', 'patient-ill', 'physician-away', 'office-closed', 'left-unseen', 'other'];

export type NotRebooked = OwedVisit & { lostAt: string; cancelReason: CancelReason | null };

/**
 * Visits missed or cancelled since `from` without a later one of the same type, by when they were lost. Not those that
 * were let go, nor those of a series, whose place is owed (series/duties.ts); who has died is not called.
 */
export async function listNotRebooked(db: Db, from: Date, to: Date): Promise<NotRebooked[]> {
  const { rows } = await sql<NotRebooked>`
    with lost as (
      select v.*, case when v.state = 'no_show' then v.starts_at else v.cancelled_at end as lost_at
      from visits v
      where (v.state = 'no_show' and v.starts_at >= ${from} and v.starts_at < ${to})
        or (v.state = 'cancelled' and v.starts_at >= ${from} and v.cancelled_at >= ${from}
          and v.cancelled_at < ${to} and v.cancel_reason = any (${rebooked}::text[]) and v.series_id is null)
    )
    select ${columns}, v.lost_at, v.cancel_reason from lost v ${joins}
    where not p.deceased
      and not exists (
        select from visits later
        where later.practice_id = v.practice_id and later.patient_id = v.patient_id
          and later.starts_at > v.lost_at and later.visit_type_id = v.visit_type_id
          and later.visit_id <> v.visit_id and later.state not in ('cancelled', 'entered_in_error', 'no_show'))
      and not exists (
        select from visit_steps x
        where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.step = 'let_go'
          and x.undone_at is null)
    order by v.lost_at, v.visit_id limit 500`.execute(db);
  return rows;
}

/** How many steps of these kinds were taken since a moment, by whom. */
export async function countSteps(
  db: Db,
  since: Date,
  steps: readonly VisitStep[],
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select by_staff_id as staff_id, count(*)::int as count from visit_steps
    where at >= ${since} and step = any(${[...steps]}::text[]) and undone_at is null
    group by by_staff_id order by by_staff_id limit 200`.execute(db);
  return rows;
}

/** The practice's business days around now: weekends and closures of the whole practice are none. */
export async function readCalendar(
  db: Db,
  { now, practiceTimeZone }: DutyContext,
): Promise<BusinessCalendar & { today: string }> {
  const today = localDate(now.getTime(), practiceTimeZone);
  const { rows } = await sql<{ onDate: string; name: string }>`
    select on_date, name from closures
    where site_id is null and removed_at is null and on_date >= ${addDays(today, -60)}::date
      and on_date <= ${addDays(today, 60)}::date
    order by on_date limit 200`.execute(db);
  const calendar = businessCalendar({ timeZone: practiceTimeZone, closedWeekdays: [6, 7], closures: rows });
  return { ...calendar, today };
}
