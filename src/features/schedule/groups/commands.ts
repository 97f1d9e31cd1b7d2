import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import { noId } from '../../../platform/db/pages.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { place } from '../placing/commands.ts';
import { cancelVisit, undoVisit } from '../steps/commands.ts';
import { recordBooking } from '../visits/commands.ts';
import type { Visit } from '../visits/schema.ts';
import { findCancelled, findSession, listMembers, listWithRoom, lockSession } from './queries.ts';
import { whenLabel } from './rules.ts';
import type { BookSeat, CancelSession, PlanSession, Session } from './schema.ts';
import { openSeat } from './seats/commands.ts';

/** Plan a session: refused as a booking is, and then it takes the time of its physician and room. */
export async function planSession(tx: Tx, input: PlanSession): Promise<Session> {
  const { name, capacity, ...wanted } = input;
  const placed = await place(tx, { ...wanted, patientId: noId, holds: true });
  await noteFirst(tx);
  const sessionId = newId();
  const { startsAt, endsAt } = placed;
  await sql`
    with session as (
      insert into group_sessions (practice_id, session_id, name, visit_type_id, site_id, physician_id, starts_at,
        ends_at, capacity, created_at, created_by)
      values (${tx.practiceId}, ${sessionId}, ${name}, ${input.visitTypeId}, ${input.siteId}, ${input.physicianId},
        ${startsAt}, ${endsAt}, ${capacity}, ${tx.now}, ${tx.actor.staffId})
    ), seats as (
      insert into group_seats (practice_id, session_id, seat_no)
      select ${tx.practiceId}, ${sessionId}, n from generate_series(1, ${capacity}::int) n
    )
    insert into visit_resources (practice_id, session_id, resource_id, lane, starts_at, ends_at)
    select ${tx.practiceId}, ${sessionId}, r."resourceId", r.lane, r."startsAt", r."endsAt"
    from jsonb_to_recordset(${JSON.stringify(placed.resources)}::jsonb)
      as r("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)`.execute(tx.db);
  const session = await findSession(tx.db, sessionId);
  if (!session) throw new Error('A session that was just written is there.');
  const after = { name, capacity, startsAt, physicianId: input.physicianId };
  const reason = placed.overrideReason ? { reason: placed.overrideReason } : {};
  tx.audit({ action: 'group.planned', subjectKind: 'group', subjectIds: [sessionId], after, ...reason });
  touchSession(tx, session);
  return session;
}

/** What is remembered of the set-up says whether there are groups at all. */
async function noteFirst(tx: Tx): Promise<void> {
  const { rows } = await sql`select 1 from group_sessions limit 1`.execute(tx.db);
  if (rows.length === 0) await touchVersion(tx, 'setup');
}

export function touchSession(tx: Tx, { startsAt, timeZone, sessionId }: Session): void {
  const date = localDate(Date.parse(startsAt), timeZone);
  tx.touch('visits', date, sessionId);
  tx.touch('groups', date, sessionId);
}

/** Book a person into a session: one of its seats, or the next session that has one. */
export async function bookSeat(tx: Tx, sessionId: string, input: BookSeat): Promise<Visit> {
  const session = await findSession(tx.db, sessionId);
  if (!session) throw notFound('group session');
  const seat = await openSeat(tx, sessionId, input.patientId);
  if (!seat.free) throw await refused(tx, seat.session, seat.refused);
  const { startsAt, endsAt, physicianId, physicianName, siteId, siteName, timeZone } = seat.session;
  const { visitTypeId, visitTypeName } = seat.session;
  const visit: Visit = {
    ...{ visitId: newId(), version: 1, state: 'booked', ...seat.free.patient },
    ...{
      visitTypeId,
      visitTypeName,
      siteId,
      siteName,
      timeZone,
      physicianId,
      physicianName,
      startsAt,
      endsAt,
    },
    minutes: (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000,
    ...{ resources: [], overbooked: false, overrideReason: null, reason: input.reason, note: '' },
    ...{ confirmedAt: null, arrivedAt: null, inRoomAt: null, withPhysicianAt: null, checkedOutAt: null },
    ...{ cancelledAt: null, cancelReason: null, cancelText: '' },
    ...{ walkIn: false, seriesId: null, seriesNo: null, sessionId, seatNo: seat.free.seatNo },
  };
  recordBooking(tx, visit);
  return visit;
}

async function refused(tx: Tx, session: Session, why: string): Promise<Refusal> {
  const next = await listWithRoom(tx.db, session);
  const times = next.map((one) => `${whenLabel(one)} (${one.capacity - one.taken} left)`);
  const instead = times.length > 0 ? ` Next with a place: ${times.join('; ')}.` : '';
  return new Refusal('conflict', `${why}${instead}`, { offers: { openings: [], sessions: next } });
}

/** The session locked with who has a seat: visits, then people, then the session, as bookings lock them. */
export async function openSession(tx: Tx, sessionId: string, version: number): Promise<Session> {
  await sql`
    select from visits where session_id = ${sessionId} order by visit_id for no key update`.execute(tx.db);
  await lockPeople(tx, sessionId);
  const session = await lockSession(tx.db, sessionId);
  if (!session) throw notFound('group session');
  if (session.version !== version) throw stale('group session', session);
  return session;
}

export async function lockPeople(tx: Tx, sessionId: string): Promise<void> {
  await sql`
    select from patients where patient_id in (select patient_id from visits where session_id = ${sessionId})
    order by patient_id for no key update`.execute(tx.db);
}

/** Cancel the session with everyone's visit; refused while someone of it is in the office. */
export async function cancelSession(tx: Tx, sessionId: string, input: CancelSession) {
  const session = await openSession(tx, sessionId, input.version);
  if (session.cancelled) throw new Refusal('conflict', 'This session is cancelled already.');
  const members = await listMembers(tx.db, sessionId);
  const here = members.filter((one) => ['arrived', 'in_room', 'with_physician'].includes(one.state)).length;
  if (here > 0)
    throw new Refusal(
      'conflict',
      `${here} of this group are checked in. Check them out, or take that back first.`,
    );
  const { reason, text } = input;
  const done: { visitId: string; version: number }[] = [];
  for (const { visitId, version, state } of members) {
    if (state !== 'booked') continue;
    const visit = await cancelVisit(tx, visitId, { version, reason, text }, { withGroup: session.name });
    done.push({ visitId, version: visit.version });
  }
  await sql`
    with given_back as (
      update visit_resources set released = true where session_id = ${sessionId}
    )
    update group_sessions set version = version + 1, cancelled_at = ${tx.now}, cancel_reason = ${reason},
      cancelled_visits = ${JSON.stringify(done)}::jsonb
    where session_id = ${sessionId}`.execute(tx.db);
  const after = { visits: done.length };
  tx.audit({ action: 'group.cancelled', subjectKind: 'group', subjectIds: [sessionId], reason, after });
  touchSession(tx, session);
  return { version: session.version + 1, cancelled: done.length };
}

/** The session takes place after all, with everyone whose visit it cancelled: all of it or nothing. */
export async function undoCancelSession(tx: Tx, sessionId: string, { version }: { version: number }) {
  const session = await openSession(tx, sessionId, version);
  if (!session.cancelled) throw new Refusal('conflict', 'This session was not cancelled.');
  const cancelled = await findCancelled(tx.db, sessionId);
  const placed = await place(tx, {
    ...{ patientId: noId, holds: true, exactly: true },
    visitTypeId: session.visitTypeId,
    siteId: session.siteId,
    physicianId: session.physicianId,
    resourceIds: session.resourceIds.filter((id) => id !== session.physicianId),
    startsAt: session.startsAt,
    minutes: (Date.parse(session.endsAt) - Date.parse(session.startsAt)) / 60_000,
  });
  await sql`
    with taken as (
      update visit_resources o set released = false, lane = r.lane
      from jsonb_to_recordset(${JSON.stringify(placed.resources)}::jsonb) as r("resourceId" uuid, lane int)
      where o.session_id = ${sessionId} and o.resource_id = r."resourceId"
    )
    update group_sessions set version = version + 1, cancelled_at = null, cancel_reason = null, cancelled_visits = null
    where session_id = ${sessionId}`.execute(tx.db);
  for (const visit of cancelled)
    await undoVisit(tx, visit.visitId, { version: visit.version }).catch(asWhole);
  const after = { visits: cancelled.length };
  tx.audit({ action: 'group.undone', subjectKind: 'group', subjectIds: [sessionId], after });
  touchSession(tx, session);
  return { version: session.version + 1, visits: cancelled.length };
}

export function asWhole(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  const message =
    'This cannot be undone as a whole, and nothing was changed: a visit of it was changed since.';
  throw new Refusal('conflict', `${message} ${error.code === 'stale' ? '' : error.message}`.trim());
}
