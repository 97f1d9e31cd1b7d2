import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { CalendarRow } from './schema.ts';

export async function listCalendars(db: Db, now: Date): Promise<CalendarRow[]> {
  const { rows } = await sql<CalendarRow>`
    select c.calendar_id, c.physician_id, r.name as physician_name, c.name, c.address is not null as by_address, c.paused_at,
     
      c.read_at, c.fault, c.skipped, c.version,
      (select count(*)::int from external_busy b where b.practice_id = c.practice_id
        and b.calendar_id = c.calendar_id and b.ends_at > ${now}) as busy_count
    from external_calendars c
    join resources r on r.practice_id = c.practice_id and r.resource_id = c.physician_id
    where c.removed_at is null order by r.position, r.name, c.name, c.calendar_id limit 500`.execute(db);
  return rows;
}

/** What a change of a calendar can be undone to. */
export type CalendarImage = {
  physicianId: string;
  name: string;
  address: string | null;
  pausedAt: string | null;
};

/** What reading needs to know of a calendar. */
export type KeptCalendar = {
  calendarId: string;
  physicianId: string;
  name: string;
  address: string | null;
  content: Buffer | null;
  etag: string;
  lastModified: string;
  version: number;
  pausedAt: string | null;
  previous: CalendarImage | null;
  /** Where times without a zone are meant. */
  timeZone: string;
};

const kept = sql`c.calendar_id, c.physician_id, c.name, c.address, c.content, c.etag, c.last_modified, c.version,
  c.paused_at, c.previous,
  (select time_zone from practices) as time_zone`;

export async function listToRead(db: Db): Promise<KeptCalendar[]> {
  const { rows } = await sql<KeptCalendar>`
    select ${kept} from external_calendars c
    join resources r on r.practice_id = c.practice_id and r.resource_id = c.physician_id
    where c.removed_at is null and c.paused_at is null and r.active order by c.calendar_id limit 500`.execute(
    db,
  );
  return rows;
}

export async function lockCalendar(db: Db, calendarId: string): Promise<KeptCalendar | undefined> {
  const { rows } = await sql<KeptCalendar>`
    select ${kept} from external_calendars c
    where c.calendar_id = ${calendarId} and c.removed_at is null for update of c`.execute(db);
  return rows[0];
}

export type KeptPeriod = { startsAt: string; endsAt: string };

export async function listPeriods(db: Db, calendarId: string): Promise<KeptPeriod[]> {
  const { rows } = await sql<KeptPeriod>`
    select starts_at, ends_at from external_busy where calendar_id = ${calendarId}
    order by starts_at limit 20000`.execute(db);
  return rows;
}

export type BusyOutside = { name: string; startsAt: string; endsAt: string };

/** Which calendars take a stretch of a physician's time; two at most are told. */
export async function listBusyOutside(
  db: Db,
  { physicianId, from, to }: { physicianId: string; from: Date; to: Date },
): Promise<BusyOutside[]> {
  const { rows } = await sql<BusyOutside>`
    select c.name, b.starts_at, b.ends_at
    from external_busy b
    join external_calendars c on c.practice_id = b.practice_id and c.calendar_id = b.calendar_id
    where b.physician_id = ${physicianId} and b.starts_at < ${to} and b.ends_at > ${from}
    order by b.starts_at, c.name limit 2`.execute(db);
  return rows;
}

export type ClashRow = {
  visitId: string;
  patientId: string;
  patientName: string;
  physicianName: string;
  startsAt: string;
  timeZone: string;
};

/** Booked visits ahead that a busy time of their physician meets; those booked over it on purpose have a reason. */
export async function listClashes(db: Db, now: Date): Promise<ClashRow[]> {
  const { rows } = await sql<ClashRow>`
    select v.visit_id, v.patient_id, v.starts_at, s.time_zone, r.name as physician_name,
      p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    join sites s on s.practice_id = v.practice_id and s.site_id = v.site_id
    join resources r on r.practice_id = v.practice_id and r.resource_id = v.physician_id
    where v.state = 'booked' and v.starts_at > ${now} and v.override_reason is null
      and v.physician_id in (select physician_id from external_calendars where removed_at is null)
      and exists (select from external_busy b where b.practice_id = v.practice_id
        and b.physician_id = v.physician_id and b.starts_at < v.ends_at and b.ends_at > v.starts_at)
    order by v.starts_at, v.visit_id limit 200`.execute(db);
  return rows;
}

export type UnreadRow = {
  calendarId: string;
  name: string;
  physicianName: string;
  since: string;
  fault: string;
};

/** Calendars whose last tries failed, with since when they are unread. */
export async function listFailing(db: Db): Promise<UnreadRow[]> {
  const { rows } = await sql<UnreadRow>`
    select c.calendar_id, c.name, r.name as physician_name, coalesce(c.read_at, c.created_at) as since, c.fault
    from external_calendars c
    join resources r on r.practice_id = c.practice_id and r.resource_id = c.physician_id
    where c.removed_at is null and c.paused_at is null and c.fault <> '' and r.active
    order by since, c.calendar_id limit 200`.execute(db);
  return rows;
}
