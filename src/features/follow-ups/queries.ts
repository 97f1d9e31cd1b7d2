import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/db/database.ts';
import { noId } from '../../platform/db/pages.ts';
import type { FollowUp, FollowUpFilter, HistoryLine } from './schema.ts';

/** An instant inside JSON, written as the drivers' parsers write it outside. */
function isoText(column: RawBuilder<unknown>) {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Only a visit of the same person counts: records that were taken apart may leave it with the other. */
export const visitOf = sql`
  left join visits v on v.practice_id = f.practice_id and v.visit_id = f.visit_id and v.patient_id = f.patient_id`;
export const isLive = sql`v.state in ('booked', 'arrived', 'in_room', 'with_physician')`;
/** Nobody ended it, and its visit was not seen completed; what of these has a visit, `visitOf` tells. */
export const isOpen = sql`f.ended_as is null and f.settled_at is null and f.entered_in_error_at is null`;
/** Open, and no visit that counts: somebody has to book it. */
export const isUnbooked = sql`${isOpen} and
  (v.visit_id is null or v.state in ('cancelled', 'no_show', 'entered_in_error'))`;

const patientName = sql`coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name`;

const columns = sql`
  f.follow_up_id, f.version,
  case when f.ended_as is not null then f.ended_as when v.state = 'checked_out' then 'kept'
    when ${isLive} then 'booked' else 'open' end as state,
  f.origin, f.patient_id, ${patientName} as patient_name, p.deceased, f.from_visit_id, f.visit_type_id,
  t.name as visit_type_name, f.physician_id, coalesce(d.name, '') as physician_name, f.target_on, f.earliest_on,
  f.latest_on, f.said, f.priority, f.instructions, f.ordered_at, coalesce(o.display_name, '') as ordered_by_name,
  coalesce((select jsonb_agg(jsonb_build_object('prerequisiteId', q.prerequisite_id, 'text', q.text,
      'doneAt', ${isoText(sql`q.done_at`)}, 'doneByName', coalesce(w.display_name, '')) order by q.position)
    from follow_up_prerequisites q
    left join staff w on w.practice_id = q.practice_id and w.staff_id = q.done_by
    where q.practice_id = f.practice_id and q.follow_up_id = f.follow_up_id and q.removed_at is null), '[]')
    as prerequisites,
  case when v.visit_id is not null then jsonb_build_object('visitId', v.visit_id, 'version', v.version,
    'state', v.state, 'startsAt', ${isoText(sql`v.starts_at`)}, 'timeZone', vs.time_zone,
    'physicianName', vd.name) end as visit,
  f.act_on, f.next_try_on,
  (select count(*)::int from follow_up_attempts a
    where a.practice_id = f.practice_id and a.follow_up_id = f.follow_up_id) as attempts,
  (select coalesce(max(a.letter_no), 0)::int from follow_up_attempts a
    where a.practice_id = f.practice_id and a.follow_up_id = f.follow_up_id) as letters,
  (select jsonb_build_object('channel', a.channel, 'outcome', a.outcome, 'at', ${isoText(sql`a.at`)},
      'letterNo', a.letter_no)
    from follow_up_attempts a where a.practice_id = f.practice_id and a.follow_up_id = f.follow_up_id
    order by a.version desc limit 1) as last_attempt,
  coalesce((select jsonb_agg(c.channel order by c.channel) from (
      select distinct on (channel) channel, state from contact_consents
      where practice_id = f.practice_id and patient_id = f.patient_id and purpose = 'appointments'
      order by channel, at desc, consent_id desc) c where c.state = 'refused'), '[]') as refused_channels,
  f.ended_at, coalesce(e.display_name, '') as ended_by_name, f.ended_reason, f.entered_in_error_at`;

const tables = sql`
  follow_ups f
  join patients p on p.practice_id = f.practice_id and p.patient_id = f.patient_id
  join visit_types t on t.practice_id = f.practice_id and t.visit_type_id = f.visit_type_id
  left join resources d on d.practice_id = f.practice_id and d.resource_id = f.physician_id
  left join staff o on o.practice_id = f.practice_id and o.staff_id = f.ordered_by
  left join staff e on e.practice_id = f.practice_id and e.staff_id = f.ended_by
  ${visitOf}
  left join sites vs on vs.practice_id = v.practice_id and vs.site_id = v.site_id
  left join resources vd on vd.practice_id = v.practice_id and vd.resource_id = v.physician_id`;

export async function findFollowUp(db: Db, followUpId: string): Promise<FollowUp | undefined> {
  const { rows } = await sql<FollowUp>`
    select ${columns} from ${tables} where f.follow_up_id = ${followUpId}`.execute(db);
  return rows[0];
}

const isWaiting = sql`exists (select from follow_up_prerequisites q
  where q.practice_id = f.practice_id and q.follow_up_id = f.follow_up_id
    and q.done_at is null and q.removed_at is null)`;

/** What each way to look holds, and by which day it goes. */
function looking(filter: FollowUpFilter, today: string) {
  switch (filter) {
    case 'due':
      return { by: sql`f.act_on`, holds: sql`${isUnbooked} and f.act_on <= ${today}::date` };
    case 'overdue':
      return { by: sql`f.latest_on`, holds: sql`${isUnbooked} and f.latest_on < ${today}::date` };
    case 'tries':
      return { by: sql`f.next_try_on`, holds: sql`${isUnbooked} and f.next_try_on <= ${today}::date` };
    case 'waiting':
      return {
        by: sql`f.act_on`,
        holds: sql`${isOpen} and ${isWaiting} and v.state is distinct from 'checked_out'`,
      };
    case 'open':
      return { by: sql`f.act_on`, holds: isUnbooked };
    case 'booked':
      return { by: sql`f.act_on`, holds: sql`${isOpen} and ${isLive}` };
    case 'recalls':
      return {
        by: sql`f.act_on`,
        holds: sql`${isUnbooked} and f.origin = 'rule' and f.act_on <= ${today}::date`,
      };
  }
}

type Page = { filter: FollowUpFilter; today: string; after?: string | undefined; limit: number };

/** The statement of a page: its order is that of an index over the open ones, so it reads no more than it shows. */
export function statementOf({ filter, today, after, limit }: Page) {
  const [afterOn = '0001-01-01', afterId = noId] = after?.split('_') ?? [];
  const { by, holds } = looking(filter, today);
  return sql<FollowUp & { sortOn: string }>`
    select ${columns}, ${by} as sort_on from ${tables}
    where ${holds} and not p.deceased and (${by}, f.follow_up_id) > (${afterOn}::date, ${afterId}::uuid)
    order by ${by}, f.follow_up_id limit ${limit + 1}`;
}

/** A page of the work list; `next` is where the one after it goes on. Who has died is not called. */
export async function listFollowUps(
  db: Db,
  asked: Page,
): Promise<{ followUps: FollowUp[]; next: string | null }> {
  const { limit } = asked;
  const { rows } = await statementOf(asked).execute(db);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    followUps: page.map(({ sortOn: _, ...one }) => one),
    next: last ? `${last.sortOn}_${last.followUpId}` : null,
  };
}

export type Counts = Record<FollowUpFilter, number>;

export async function countFollowUps(db: Db, today: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*) filter (where unbooked and act_on <= ${today}::date)::int as due,
      count(*) filter (where unbooked and latest_on < ${today}::date)::int as overdue,
      count(*) filter (where unbooked and next_try_on <= ${today}::date)::int as tries,
      count(*) filter (where waiting and (unbooked or live))::int as waiting,
      count(*) filter (where unbooked)::int as open,
      count(*) filter (where live)::int as booked,
      count(*) filter (where unbooked and origin = 'rule' and act_on <= ${today}::date)::int as recalls
    from (
      select f.act_on, f.latest_on, f.next_try_on, f.origin, ${isWaiting} as waiting, coalesce(${isLive}, false) as live,
        v.visit_id is null or v.state in ('cancelled', 'no_show', 'entered_in_error') as unbooked
      from follow_ups f
      join patients p on p.practice_id = f.practice_id and p.patient_id = f.patient_id and not p.deceased
      ${visitOf}
      where ${isOpen}) one`.execute(db);
  return rows[0] ?? { due: 0, overdue: 0, tries: 0, waiting: 0, open: 0, booked: 0, recalls: 0 };
}

export async function listPatientFollowUps(db: Db, patientId: string): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUp>`
    select ${columns} from ${tables}
    where f.patient_id = ${patientId} and f.entered_in_error_at is null
    order by f.ended_as is not null or v.state is not distinct from 'checked_out', f.target_on, f.follow_up_id
    limit 50`.execute(db);
  return rows;
}

/** What somebody has to book by a day, most pressing first; the far end of a window before its beginning. */
export async function listToBook(
  db: Db,
  untilOn: string,
): Promise<(FollowUp & { lostVisitIds: string[] })[]> {
  const { rows } = await sql<FollowUp & { lostVisitIds: string[] }>`
    select ${columns}, array(select lost.visit_id::text from visits lost
        where lost.practice_id = f.practice_id and lost.patient_id = f.patient_id
          and (lost.visit_type_id = f.visit_type_id or lost.visit_id = f.visit_id)
          and lost.state in ('cancelled', 'no_show') order by lost.starts_at desc limit 20) as lost_visit_ids
    from ${tables}
    where ${isUnbooked} and not p.deceased and f.act_on <= ${untilOn}::date
    order by f.act_on, f.follow_up_id limit 500`.execute(db);
  return rows;
}

/** Booked visits of a stretch before which something is still missing. */
export async function listMissingFirst(db: Db, from: Date, to: Date): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUp>`
    select ${columns} from ${tables}
    where ${isOpen} and v.state = 'booked' and v.starts_at >= ${from} and v.starts_at < ${to} and ${isWaiting}
    order by v.starts_at, f.follow_up_id limit 500`.execute(db);
  return rows;
}

/** Steps and attempts, oldest first. */
export async function listHistory(db: Db, followUpId: string): Promise<HistoryLine[]> {
  const { rows } = await sql<HistoryLine>`
    select x.id, x.kind, x.at, coalesce(s.display_name, '') as by_name, x.note, x.channel, x.outcome, x.next_try_on,
      x.letter_no, v.state as visit_state, v.starts_at as visit_starts_at
    from (
      select practice_id, step_id as id, version, kind, at, by_staff_id, note, null as channel, null as outcome,
        null::date as next_try_on, null::int as letter_no, visit_id
      from follow_up_steps where follow_up_id = ${followUpId}
      union all
      select practice_id, attempt_id, version, 'attempt', at, by_staff_id, note, channel, outcome, next_try_on,
        letter_no, null
      from follow_up_attempts where follow_up_id = ${followUpId}) x
    left join staff s on s.practice_id = x.practice_id and s.staff_id = x.by_staff_id
    left join visits v on v.practice_id = x.practice_id and v.visit_id = x.visit_id
    order by x.version, x.at, x.id limit 300`.execute(db);
  return rows;
}

/** How many were settled since, by whom: booked, refused or closed. */
export async function countSettled(
  db: Db,
  since: Date,
): Promise<{ staffId: string | null; count: number }[]> {
  const { rows } = await sql<{ staffId: string | null; count: number }>`
    select by_staff_id as staff_id, count(*)::int as count from follow_up_steps
    where at >= ${since} and kind in ('booked', 'linked', 'refused', 'closed')
    group by by_staff_id order by by_staff_id limit 200`.execute(db);
  return rows;
}

type Named = { patientId: string; visitTypeId: string; physicianId: string | null };
type Missing = { patient: boolean; deceased: boolean; visitType: boolean; physician: boolean };

/** What an order names that is not there; a person who has died is not called in. */
export async function missingName(db: Db, { patientId, visitTypeId, physicianId }: Named) {
  const { rows } = await sql<Missing>`
    select
      exists (select from patients where patient_id = ${patientId} and entered_in_error_at is null
        for key share) as patient,
      exists (select from patients where patient_id = ${patientId} and deceased) as deceased,
      exists (select from visit_types where visit_type_id = ${visitTypeId}) as visit_type,
      ${physicianId}::uuid is null or exists (
        select from resources where resource_id = ${physicianId} and kind = 'physician') as physician`.execute(
    db,
  );
  const [found] = rows;
  if (!found?.patient) return 'patient';
  if (!found.visitType) return 'visit type';
  if (!found.physician) return 'physician';
  return found.deceased ? 'deceased' : null;
}

export type OfferedVisit = { visitId: string; patientId: string; state: string; startsAt: string };

export async function findOffered(db: Db, visitId: string): Promise<OfferedVisit | undefined> {
  const { rows } = await sql<OfferedVisit>`
    select visit_id, patient_id, state, starts_at from visits where visit_id = ${visitId}`.execute(db);
  return rows[0];
}

/** The visit that they had, or have, on this day: a follow-up that is ordered comes from it. */
export async function findVisitOfDay(
  db: Db,
  patientId: string,
  from: Date,
  to: Date,
): Promise<string | null> {
  const { rows } = await sql<{ visitId: string }>`
    select visit_id from visits
    where patient_id = ${patientId} and starts_at >= ${from} and starts_at < ${to}
      and state in ('arrived', 'in_room', 'with_physician', 'checked_out')
    order by starts_at desc limit 1`.execute(db);
  return rows[0]?.visitId ?? null;
}

export async function practiceTimeZone(db: Db): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`select time_zone from practices limit 1`.execute(db);
  return rows[0]?.timeZone ?? 'UTC';
}
