import { sql } from 'kysely';
import { localDate, timeLabel } from '../../../../platform/calendar/zones.ts';
import { noId } from '../../../../platform/db/pages.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { visitEvent } from '../../events.ts';
import { type Placed, place } from '../../placing/commands.ts';
import { imageOf, openVisit, recordStep, recordUndo } from '../../recording/commands.ts';
import { type LockedVisit, lockVisit } from '../../visits/queries.ts';
import type { Visit } from '../../visits/schema.ts';
import { asWhole, lockPeople, openSession, touchSession } from '../commands.ts';
import { findMoved, findSession, listElsewhere, listMembers, type Moved } from '../queries.ts';
import type { ChangeCapacity, MoveSession, Session } from '../schema.ts';

const minuteMs = 60_000;

/** The session with everyone who is to move; refused once somebody has come for it. */
async function openWithPeople(tx: Tx, sessionId: string, version: number) {
  const session = await openSession(tx, sessionId, version);
  // Who took a seat before the session was locked
  await lockPeople(tx, sessionId);
  const members = await listMembers(tx.db, sessionId);
  if (session.cancelled) throw new Refusal('conflict', 'This session was cancelled. Undo that first.');
  const here = members.filter((one) => isOrWasHere(one.state)).length;
  if (here > 0)
    throw new Refusal('conflict', `${here} of this group have come for it already: it stays where it is.`);
  return { session, booked: members.filter((one) => one.state === 'booked') };
}

function isOrWasHere(state: Visit['state']): boolean {
  return ['arrived', 'in_room', 'with_physician', 'checked_out'].includes(state);
}

/** Move a session with everyone in it, all or nothing; refused as a booking is, or for whom it does not suit. */
export async function moveSession(tx: Tx, sessionId: string, input: MoveSession) {
  const { version, overrideReason, ...change } = input;
  if (Object.values(change).every((part) => part === undefined))
    throw new Refusal('bad-input', 'Say what changes: the time, the length, the physician or the room.');
  const { session, booked } = await openWithPeople(tx, sessionId, version);
  const { siteId = session.siteId, physicianId = session.physicianId, startsAt = session.startsAt } = input;
  const to = { siteId, physicianId, startsAt, minutes: input.minutes ?? minutesOf(session) };
  const others = session.resourceIds.filter((id) => id !== session.physicianId);
  const placed = await placeAgain(tx, session, {
    ...to,
    ...{ resourceIds: input.resourceIds ?? [], preferIds: others, overrideReason },
  });
  const visits: Moved['visits'] = [];
  for (const { visitId } of booked) {
    const moved = await moveSeat(tx, visitId, { session, placed, physicianId });
    visits.push({ visitId, version: moved.version });
  }
  const { siteId: fromSite, physicianId: fromPhysician, endsAt, resourceIds } = session;
  const was = {
    siteId: fromSite,
    physicianId: fromPhysician,
    startsAt: session.startsAt,
    endsAt,
    resourceIds,
  };
  await writeMove(tx, session, { ...to, placed, moved: { before: was, visits } });
  const reason = placed.overrideReason ? { reason: placed.overrideReason } : {};
  const after = { siteId, physicianId, startsAt: placed.startsAt, visits: visits.length };
  tx.audit({
    action: 'group.moved',
    ...{ subjectKind: 'group', subjectIds: [sessionId], before: was, after },
    ...reason,
  });
  return { session: await sessionNow(tx, session), visits: visits.length };
}

function minutesOf({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>): number {
  return (Date.parse(endsAt) - Date.parse(startsAt)) / minuteMs;
}

type Where = {
  siteId: string;
  physicianId: string;
  startsAt: string;
  minutes: number;
  resourceIds: string[];
  preferIds?: string[];
  exactly?: boolean;
  overrideReason?: string | undefined;
};

/** A place for a session that gives up the one it has; nobody in it may have another visit then. */
async function placeAgain(tx: Tx, session: Session, where: Where): Promise<Placed> {
  const { sessionId, visitTypeId, timeZone } = session;
  const to = new Date(Date.parse(where.startsAt) + where.minutes * minuteMs).toISOString();
  const elsewhere = await listElsewhere(tx.db, { sessionId, from: where.startsAt, to });
  if (elsewhere.length > 0) {
    const told = elsewhere.slice(0, 5).map(({ seatNo, startsAt, physicianName }) => {
      return `place ${seatNo} has a visit at ${timeLabel(Date.parse(startsAt), timeZone)} with ${physicianName}`;
    });
    const more = elsewhere.length > told.length ? `, and ${elsewhere.length - told.length} more` : '';
    const message = `Nothing was moved: ${told.join(', ')}${more}. Choose another time, or cancel those places first.`;
    throw new Refusal('conflict', message, { offers: { openings: [] } });
  }
  // Its own time does not stand in its way; a refusal takes this back with everything
  await sql`delete from visit_resources where session_id = ${sessionId}`.execute(tx.db);
  return place(tx, { ...where, visitTypeId, patientId: noId, holds: true });
}

type Seat = { session: Session; placed: Placed; physicianId: string };

async function moveSeat(tx: Tx, visitId: string, { session, placed, physicianId }: Seat): Promise<Visit> {
  const visit = await lockVisit(tx.db, visitId);
  if (!visit) throw new Error('A visit that was just locked is there.');
  const { startsAt, endsAt, site, physicianName } = placed;
  const moved = await recordStep(tx, {
    visit,
    step: 'moved',
    change: {
      ...{ siteId: site.id, physicianId, startsAt, endsAt },
      // Who confirmed another time has not confirmed this one
      ...(startsAt === visit.startsAt ? {} : { confirmedAt: null }),
    },
    detail: {
      withGroup: session.name,
      from: { startsAt: visit.startsAt, endsAt: visit.endsAt, physicianName: visit.physicianName },
      to: { startsAt, endsAt, physicianName },
    },
  });
  tellMoved(tx, visit, moved);
  return moved;
}

function tellMoved(tx: Tx, from: Visit, to: Visit): void {
  const was = { fromStartsAt: from.startsAt, fromPhysicianId: from.physicianId };
  tx.emit(visitEvent('visit.moved.v1', to, was));
}

type Write = { siteId: string; physicianId: string; placed: Placed; moved: Moved | null };

async function writeMove(tx: Tx, session: Session, { siteId, physicianId, placed, moved }: Write) {
  const { sessionId } = session;
  await sql`
    with taken as (
      insert into visit_resources (practice_id, session_id, resource_id, lane, starts_at, ends_at)
      select ${tx.practiceId}, ${sessionId}, r."resourceId", r.lane, r."startsAt", r."endsAt"
      from jsonb_to_recordset(${JSON.stringify(placed.resources)}::jsonb)
        as r("resourceId" uuid, lane int, "startsAt" timestamptz, "endsAt" timestamptz)
    )
    update group_sessions set version = version + 1, site_id = ${siteId}, physician_id = ${physicianId},
      starts_at = ${placed.startsAt}, ends_at = ${placed.endsAt}, moved = ${moved && JSON.stringify(moved)}::jsonb
    where session_id = ${sessionId}`.execute(tx.db);
}

/** As it is now; both its days and whoever shows it are told. */
async function sessionNow(tx: Tx, before: Session): Promise<Session> {
  const session = await findSession(tx.db, before.sessionId);
  if (!session) throw new Error('A session that was just written is there.');
  touchSession(tx, before);
  touchSession(tx, session);
  // A visit of the session on another day is one of that day's
  tx.touch('visits', localDate(Date.parse(session.startsAt), session.timeZone), session.sessionId);
  return session;
}

/** Back to where it was before its last move, with everyone whom that moved: while nobody changed it since. */
export async function undoMoveSession(tx: Tx, sessionId: string, { version }: { version: number }) {
  const { session, booked } = await openWithPeople(tx, sessionId, version);
  const moved = await findMoved(tx.db, sessionId);
  if (!moved) throw new Refusal('conflict', 'There is no move of this session that could be undone.');
  const { before, visits } = moved;
  if (booked.some((one) => !visits.some(({ visitId }) => visitId === one.visitId)))
    throw new Refusal('conflict', 'Someone took a place since this session was moved. Move it back by hand.');
  const resourceIds = before.resourceIds.filter((id) => id !== before.physicianId);
  const placed = await placeAgain(tx, session, {
    ...{ siteId: before.siteId, physicianId: before.physicianId, startsAt: before.startsAt },
    ...{ minutes: minutesOf(before), resourceIds, exactly: true },
  });
  for (const one of visits) await seatBack(tx, one).catch(asWhole);
  await writeMove(tx, session, { ...before, placed, moved: null });
  const after = { startsAt: before.startsAt, visits: visits.length };
  tx.audit({ action: 'group.move-undone', subjectKind: 'group', subjectIds: [sessionId], after });
  return { session: await sessionNow(tx, session), visits: visits.length };
}

async function seatBack(tx: Tx, { visitId, version }: Moved['visits'][number]): Promise<void> {
  const visit: LockedVisit = await openVisit(tx, visitId, version);
  const done = await recordUndo(tx, visit, { ...imageOf(visit), ...visit.lastStep.before });
  tellMoved(tx, visit, done);
}

/** How many places a session has. Those beyond are given up; whoever sits there takes a free one before. */
export async function changeCapacity(
  tx: Tx,
  sessionId: string,
  { version, capacity }: ChangeCapacity,
): Promise<Session> {
  const session = await openSession(tx, sessionId, version);
  if (session.cancelled) throw new Refusal('conflict', 'This session was cancelled. Undo that first.');
  if (capacity < session.taken) {
    const message = `${session.taken} places are taken: keep at least so many, or cancel a place first.`;
    throw new Refusal('conflict', message, { fields: { capacity: message } });
  }
  await sql`
    insert into group_seats (practice_id, session_id, seat_no)
    select ${tx.practiceId}, ${sessionId}, n from generate_series(1, ${capacity}::int) n
    on conflict do nothing`.execute(tx.db);
  await sql`
    with standing as (
      select seat_no, visit_id from visits
      where session_id = ${sessionId} and state not in ('cancelled', 'no_show', 'entered_in_error')
    ), beyond as (
      select visit_id, row_number() over (order by seat_no) as nth from standing where seat_no > ${capacity}
    ), free as (
      select n, row_number() over (order by n) as nth from generate_series(1, ${capacity}::int) n
      where n not in (select seat_no from standing)
    )
    update visits v set seat_no = f.n from beyond b join free f on f.nth = b.nth
    where v.visit_id = b.visit_id`.execute(tx.db);
  // Who cancelled has no place any more, only the record of having had one
  await sql`
    update visits set seat_no = 1 where session_id = ${sessionId} and seat_no > ${capacity}`.execute(tx.db);
  await sql`
    delete from group_seats where session_id = ${sessionId} and seat_no > ${capacity}`.execute(tx.db);
  await sql`
    update group_sessions set capacity = ${capacity}, version = version + 1
    where session_id = ${sessionId}`.execute(tx.db);
  tx.audit({
    action: 'group.capacity-changed',
    ...{ subjectKind: 'group', subjectIds: [sessionId] },
    ...{ before: { capacity: session.capacity }, after: { capacity } },
  });
  return sessionNow(tx, session);
}
