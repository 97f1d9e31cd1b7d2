import { type RawBuilder, sql } from 'kysely';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Db } from '../../platform/db/database.ts';
import type { Entry, EntryState } from './schema.ts';

/** A visit that stands or took place. */
const stands = (state: RawBuilder<unknown>) =>
  sql`${state} not in ('cancelled', 'no_show', 'entered_in_error')`;

/**
 * Whether the wish came true by itself: the visit that they have moved forward, or one of the type that was booked
 * since, with whom and where and in the days they wished. Written over `e`, an entry, and `held`, its visit.
 */
const cameTrue = sql`
  case when e.visit_id is not null and ${stands(sql`held.state`)} then held.starts_at < e.visit_was_at
  else exists (
    select from visits b join sites bs on bs.practice_id = b.practice_id and bs.site_id = b.site_id
    where b.practice_id = e.practice_id and b.patient_id = e.patient_id and b.visit_type_id = e.visit_type_id
      and b.created_at > e.added_at and b.visit_id is distinct from e.visit_id and ${stands(sql`b.state`)}
      and (e.physician_ids = '{}' or b.physician_id = any (e.physician_ids))
      and (e.site_ids = '{}' or b.site_id = any (e.site_ids))
      and (e.earliest_on is null or (b.starts_at at time zone bs.time_zone)::date >= e.earliest_on)
      and (e.latest_on is null or (b.starts_at at time zone bs.time_zone)::date <= e.latest_on)) end`;

/** As it stands at `now`, which is `today` at the practice. Written over `e`, `held` and `p`, the person. */
export function stateColumn(now: Date, today: string): RawBuilder<EntryState> {
  return sql<EntryState>`case
    when e.withdrawn_at is not null or p.deceased
      or (held.state = 'cancelled' and held.cancel_reason in ('patient-asked', 'deceased')) then 'withdrawn'
    when e.filled_at is not null or ${cameTrue} then 'filled'
    when e.expires_on < ${today}::date or e.latest_on < ${today}::date
      or (${stands(sql`held.state`)} and (held.state <> 'booked' or held.starts_at <= ${now})) then 'expired'
    when exists (select from waitlist_offers o where o.practice_id = e.practice_id and o.entry_id = e.entry_id
      and o.closed_at is null) then 'offered'
    else 'waiting' end`;
}

export const entryTables = sql`
  waitlist_entries e
  join patients p on p.practice_id = e.practice_id and p.patient_id = e.patient_id
  join visit_types t on t.practice_id = e.practice_id and t.visit_type_id = e.visit_type_id
  left join visits held on held.practice_id = e.practice_id and held.visit_id = e.visit_id
  left join staff adder on adder.practice_id = e.practice_id and adder.staff_id = e.added_by`;

/** The number to dial: the preferred one, else the first. */
export const phoneOf = sql`coalesce((select n ->> 'number' from jsonb_array_elements(p.phones) with ordinality x(n, i)
  order by coalesce((n ->> 'preferred')::boolean, false) desc, i limit 1), '')`;

export const nameOf = sql`coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name`;

const entryColumns = (now: Date, today: string) => sql`
  e.entry_id, e.version, ${stateColumn(now, today)} as state, e.patient_id, ${nameOf} as patient_name,
  ${phoneOf} as phone, e.visit_type_id, t.name as visit_type_name, e.visit_id,
  case when held.state = 'booked' then held.starts_at end as visit_starts_at, e.physician_ids, e.site_ids, e.weekdays,
  e.times, e.earliest_on, e.latest_on, e.notice_hours, e.priority, e.priority_reason, e.note, e.expires_on, e.added_at,
  coalesce(adder.display_name, '') as added_by_name, e.filled_at, e.filled_visit_id, e.withdrawn_at,
  e.withdrawn_reason,
  (select count(*)::int from waitlist_offers o
    where o.practice_id = e.practice_id and o.entry_id = e.entry_id) as offers`;

export async function practiceTimeZone(db: Db): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`select time_zone from practices limit 1`.execute(db);
  return rows[0]?.timeZone ?? 'UTC';
}

export async function todayOf(db: Db, now: Date): Promise<string> {
  return localDate(now.getTime(), await practiceTimeZone(db));
}

export async function findEntry(db: Db, entryId: string, now: Date): Promise<Entry | undefined> {
  const today = await todayOf(db, now);
  const { rows } = await sql<Entry>`
    select ${entryColumns(now, today)} from ${entryTables} where e.entry_id = ${entryId}`.execute(db);
  return rows[0];
}

/** The order in which openings are offered: who must come soon first, then who waits longest. */
export const inOrder = sql`array_position('{urgent,soon,routine}'::text[], e.priority), e.added_at, e.entry_id`;

const isOpen = sql`e.filled_at is null and e.withdrawn_at is null`;

/** Everyone who waits or is being offered something, first of the order first. */
export async function listLive(db: Db, now: Date, most = 2000): Promise<Entry[]> {
  const today = await todayOf(db, now);
  const { rows } = await sql<Entry>`
    select * from (
      select ${entryColumns(now, today)}, row_number() over (order by ${inOrder})::int as place
      from ${entryTables} where ${isOpen}
    ) x where x.state in ('waiting', 'offered') order by x.place limit ${most}`.execute(db);
  return rows;
}

export type Listed = {
  states: readonly EntryState[];
  visitTypeId?: string | undefined;
  physicianId?: string | undefined;
  offset: number;
  limit: number;
};

/** A page of the waitlist: who waits in the order of offers, who is through the latest first. */
export async function listEntries(
  db: Db,
  now: Date,
  { states, visitTypeId, physicianId, offset, limit }: Listed,
): Promise<{ entries: Entry[]; total: number }> {
  const today = await todayOf(db, now);
  const ofType = visitTypeId ? sql`and e.visit_type_id = ${visitTypeId}` : sql``;
  const with_ = physicianId
    ? sql`and (e.physician_ids = '{}' or ${physicianId}::uuid = any (e.physician_ids))`
    : sql``;
  const past = states.every((state) => state !== 'waiting' && state !== 'offered');
  const order = past ? sql`e.added_at desc, e.entry_id` : inOrder;
  const { rows } = await sql<Entry & { total: number }>`
    select x.*, count(*) over ()::int as total from (
      select ${entryColumns(now, today)}, row_number() over (order by ${order})::int as place
      from ${entryTables} where ${past ? sql`true` : isOpen} ${ofType} ${with_}
    ) x where x.state = any (${[...states]}::text[])
    order by x.place offset ${offset} limit ${limit}`.execute(db);
  return {
    entries: rows.map(({ total: _, ...entry }) => withoutPlace(entry)),
    total: rows[0]?.total ?? 0,
  };
}

function withoutPlace(entry: Entry & { place?: number }): Entry {
  const { place: _, ...rest } = entry;
  return rest;
}

/** What a person waits for or waited for, the latest first. */
export async function listPatientEntries(db: Db, patientId: string, now: Date): Promise<Entry[]> {
  const today = await todayOf(db, now);
  const { rows } = await sql<Entry>`
    select ${entryColumns(now, today)} from ${entryTables}
    where e.patient_id = ${patientId} order by e.added_at desc, e.entry_id limit 50`.execute(db);
  return rows;
}

/** Booked visits of a person that could be moved forward. */
export async function findHeldVisit(db: Db, visitId: string) {
  const { rows } = await sql<{
    patientId: string;
    visitTypeId: string;
    state: string;
    startsAt: string;
    onDate: string;
  }>`
    select v.patient_id, v.visit_type_id, v.state, v.starts_at,
      (v.starts_at at time zone s.time_zone)::date::text as on_date
    from visits v join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    where v.visit_id = ${visitId}`.execute(db);
  return rows[0];
}

/** What an entry names that is not here, or not in use any more. */
export async function missingName(
  db: Db,
  named: { visitTypeId: string; physicianIds: readonly string[]; siteIds: readonly string[] },
): Promise<string | null> {
  const { rows } = await sql<{ type: boolean; physicians: boolean; sites: boolean }>`
    select exists (select from visit_types where visit_type_id = ${named.visitTypeId} and active) as type,
      (select count(*) from resources where resource_id = any (${[...named.physicianIds]}::uuid[])
        and kind = 'physician') = ${new Set(named.physicianIds).size} as physicians,
      (select count(*) from sites where site_id = any (${[...named.siteIds]}::uuid[]))
        = ${new Set(named.siteIds).size} as sites`.execute(db);
  const [found] = rows;
  if (!found?.type) return 'visit type';
  if (!found.physicians) return 'physician';
  return found.sites ? null : 'site';
}
