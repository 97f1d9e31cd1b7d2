import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../../platform/refusal.ts';
import { type BookedPatient, openPlace } from '../../placing/queries.ts';
import type { Visit } from '../../visits/schema.ts';
import { findFreeSeat, findSession, lockSession } from '../queries.ts';
import { whenLabel } from '../rules.ts';
import type { Session } from '../schema.ts';

type Seat = {
  session: Session;
  /** null: `refused` says why there is none. */
  free: { seatNo: number; patient: Pick<Visit, 'patientId' | 'patientName' | 'preferredName'> } | null;
  refused: string;
};

/** A free seat under the locks of the patient and the session, in that order; or why there is none. */
export async function openSeat(
  tx: Tx,
  sessionId: string,
  patientId: string,
  ignoreVisitId?: string,
): Promise<Seat> {
  const asked = await findSession(tx.db, sessionId);
  if (!asked) throw notFound('group session');
  const [fromMs, toMs] = [Date.parse(asked.startsAt), Date.parse(asked.endsAt)];
  const free = { resourceIds: [], fromMs, toMs, ...(ignoreVisitId ? { ignoreVisitId } : {}) };
  const opened = await openPlace(tx.db, { patientId, ...free, ruled: null, now: tx.now, accountId: null });
  const patient = alive(opened.patient);
  const session = await lockSession(tx.db, sessionId);
  if (!session) throw notFound('group session');
  if (session.cancelled) return { session, free: null, refused: `${session.name} was cancelled.` };
  const other = opened.patientBusy.some((one) => one.startMs < toMs && one.endMs > fromMs);
  if (other) return { session, free: null, refused: 'The patient has another visit at that time.' };
  const seatNo = await findFreeSeat(tx.db, sessionId);
  if (seatNo === undefined)
    return {
      session,
      free: null,
      refused: `${session.name} is full: all ${session.capacity} places are taken.`,
    };
  const { deceased: _deceased, ...person } = patient;
  return { session, free: { seatNo, patient: person }, refused: '' };
}

function alive(patient: BookedPatient | null): BookedPatient {
  if (!patient) throw notFound('patient');
  if (patient.deceased)
    throw new Refusal('conflict', 'The record says that this person has died. Correct the record first.');
  return patient;
}

type Stretch = { startsAt: string; endsAt: string };

function isSame(one: Stretch, other: Stretch): boolean {
  return (['startsAt', 'endsAt'] as const).every((end) => Date.parse(one[end]) === Date.parse(other[end]));
}

/** A visit of a group that comes back takes a seat again, its own or another. */
export async function seatAgain(tx: Tx, visit: Visit, sessionId: string): Promise<void> {
  const seat = await openSeat(tx, sessionId, visit.patientId, visit.visitId);
  if (!seat.free) throw new Refusal('conflict', seat.refused);
  const { session } = seat;
  const stands = session.physicianId === visit.physicianId && isSame(session, visit);
  if (!stands) {
    const message = `${session.name} was moved since, to ${whenLabel(session)} with ${session.physicianName}. Book a place in it instead.`;
    throw new Refusal('conflict', message);
  }
  await sql`update visits set seat_no = ${seat.free.seatNo} where visit_id = ${visit.visitId}`.execute(tx.db);
}
