import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Member, Session } from './schema.ts';

const columns = sql`
  g.session_id, g.version, g.name, g.visit_type_id, t.name as visit_type_name, g.site_id, s.name as site_name,
  s.time_zone, g.physician_id, d.name as physician_name, g.starts_at, g.ends_at, g.capacity,
  g.cancelled_at is not null as cancelled,
  coalesce((select json_agg(r.resource_id order by (r.resource_id <> g.physician_id), r.resource_id)
    from visit_resources r where r.practice_id = g.practice_id and r.session_id = g.session_id), '[]') as resource_ids,
  (select count(*)::int from visits v where v.practice_id = g.practice_id and v.session_id = g.session_id
    and v.state not in ('cancelled', 'no_show', 'entered_in_error')) as taken`;

const joins = sql`
  join visit_types t on t.practice_id = g.practice_id and t.visit_type_id = g.visit_type_id
  join sites s on s.practice_id = g.practice_id and s.site_id = g.site_id
  join resources d on d.practice_id = g.practice_id and d.resource_id = g.physician_id`;

export async function findSession(db: Db, sessionId: string): Promise<Session | undefined> {
  const { rows } = await sql<Session>`
    select ${columns} from group_sessions g ${joins} where g.session_id = ${sessionId}`.execute(db);
  return rows[0];
}

/** The session, locked until the transaction ends: after its visits and its patient, as a resource is. */
export async function lockSession(db: Db, sessionId: string): Promise<Session | undefined> {
  await sql`select from group_sessions where session_id = ${sessionId} for no key update`.execute(db);
  return findSession(db, sessionId);
}

type Asked = { from: Date; to?: Date; limit: number };

/** Sessions that take place, by start. */
export async function listSessions(db: Db, { from, to, limit }: Asked): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select ${columns} from group_sessions g ${joins}
    where g.starts_at >= ${from} and g.cancelled_at is null
      and (${to ?? null}::timestamptz is null or g.starts_at < ${to ?? null}::timestamptz)
    order by g.starts_at, g.session_id limit ${limit}`.execute(db);
  return rows;
}

/** Sessions of one kind after a moment that have a place left. */
export async function listWithRoom(db: Db, { visitTypeId, startsAt }: Session): Promise<Session[]> {
  const after = await listSessions(db, { from: new Date(startsAt), limit: 100 });
  return after.filter((one) => one.visitTypeId === visitTypeId && one.taken < one.capacity).slice(0, 3);
}

export async function listMembers(db: Db, sessionId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select v.visit_id, v.version, v.state, v.seat_no, v.patient_id, v.reason,
      p.family_name || case when p.given_name = '' then '' else ', ' || p.given_name end as patient_name
    from visits v
    join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
    where v.session_id = ${sessionId} and v.state <> 'entered_in_error'
    order by patient_name, v.visit_id limit 1000`.execute(db);
  return rows;
}

/** The first seat that nobody has; none when the session is full. */
export async function findFreeSeat(db: Db, sessionId: string): Promise<number | undefined> {
  const { rows } = await sql<{ seatNo: number }>`
    select e.seat_no from group_seats e
    where e.session_id = ${sessionId} and not exists (
      select from visits v where v.practice_id = e.practice_id and v.session_id = e.session_id
        and v.seat_no = e.seat_no and v.state not in ('cancelled', 'no_show', 'entered_in_error'))
    order by e.seat_no limit 1`.execute(db);
  return rows[0]?.seatNo;
}

/** How a session stood before its last move, and whom that moved, as it left them. */
export type Moved = {
  before: Pick<Session, 'siteId' | 'physicianId' | 'startsAt' | 'endsAt' | 'resourceIds'>;
  visits: { visitId: string; version: number }[];
};

export async function findMoved(db: Db, sessionId: string): Promise<Moved | null> {
  const { rows } = await sql<{ moved: Moved | null }>`
    select moved from group_sessions where session_id = ${sessionId}`.execute(db);
  return rows[0]?.moved ?? null;
}

export type ElsewhereRow = { seatNo: number; startsAt: string; physicianName: string };

/** Who of a session has another visit in a stretch, by seat. */
export async function listElsewhere(
  db: Db,
  { sessionId, from, to }: { sessionId: string; from: string; to: string },
): Promise<ElsewhereRow[]> {
  const { rows } = await sql<ElsewhereRow>`
    select m.seat_no, o.starts_at, d.name as physician_name
    from visits m
    join visits o on o.practice_id = m.practice_id and o.patient_id = m.patient_id
      and o.session_id is distinct from m.session_id
    join resources d on d.practice_id = o.practice_id and d.resource_id = o.physician_id
    where m.session_id = ${sessionId} and m.state = 'booked'
      and o.state not in ('cancelled', 'no_show', 'entered_in_error')
      and o.starts_at < ${to}::timestamptz and o.ends_at > ${from}::timestamptz
    order by m.seat_no, o.starts_at limit 100`.execute(db);
  return rows;
}

export async function findCancelled(
  db: Db,
  sessionId: string,
): Promise<{ visitId: string; version: number }[]> {
  const { rows } = await sql<{ cancelledVisits: { visitId: string; version: number }[] | null }>`
    select cancelled_visits from group_sessions where session_id = ${sessionId}`.execute(db);
  return rows[0]?.cancelledVisits ?? [];
}
