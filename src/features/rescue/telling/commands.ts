import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { cancelVisit, confirmVisit } from '../../schedule/steps/commands.ts';
import { moveVisit } from '../../schedule/visits/commands.ts';
import { lockVisit } from '../../schedule/visits/queries.ts';
import { findLine, type LockedLine, lockLine } from '../queries.ts';
import { isSettled } from '../rules.ts';
import type { Answer, RescueLine, SayTold, TakeAnother, ToldKind, ToRebook } from '../schema.ts';
import { putBack } from '../undo/commands.ts';

/** What came of each call. The desk calls now; a message that is sent by itself says the same through these commands. */

const answerOf: Record<ToldKind, Answer> = {
  'no-answer': 'open',
  'left-message': 'told',
  agreed: 'agreed',
  refused: 'refused',
};

/** The visit first: every step of a visit locks it before anything else. */
async function openLine(tx: Tx, lineId: string, version: number): Promise<LockedLine> {
  const shown = await findLine(tx.db, lineId);
  if (!shown) throw notFound('line');
  await lockVisit(tx.db, shown.visitId);
  const line = await lockLine(tx.db, lineId);
  if (!line) throw notFound('line');
  if (line.version !== version) throw stale('line', shown);
  if (line.answer === 'undone')
    throw new Refusal('conflict', 'This was taken back. There is nothing to tell.');
  return line;
}

type Written = { kind: string; note?: string; answer: Answer; tries?: number };

async function write(
  tx: Tx,
  line: LockedLine,
  { kind, note = '', answer, tries = 0 }: Written,
): Promise<RescueLine> {
  await sql`
    insert into rescue_steps (practice_id, step_id, line_id, kind, note, at, by_staff_id)
    values (${tx.practiceId}, ${newId()}, ${line.lineId}, ${kind}, ${note}, ${tx.now}, ${tx.actor.staffId})`.execute(
    tx.db,
  );
  await sql`
    update rescue_lines set answer = ${answer}, tries = tries + ${tries}, version = version + 1
    where line_id = ${line.lineId}`.execute(tx.db);
  tx.audit({
    action: `rescue-line.${kind}`,
    subjectKind: 'rescue-line',
    subjectIds: [line.lineId, line.patientId],
    before: { answer: line.answer },
    after: { answer },
  });
  tx.touch('rescues', line.rescueId, line.lineId);
  const written = await findLine(tx.db, line.lineId);
  if (!written) throw notFound('line');
  return written;
}

/** Who agrees to the new time has confirmed it: nobody calls them again for that. */
export async function sayTold(tx: Tx, lineId: string, { version, kind, note }: SayTold): Promise<RescueLine> {
  const line = await openLine(tx, lineId, version);
  if (line.answer === 'owed' || line.answer === 'done')
    throw new Refusal('conflict', 'They have answered already. Take that back first.');
  if (kind === 'agreed' && line.choice === 'move') await confirm(tx, line.visitId);
  return write(tx, line, { kind, note, answer: answerOf[kind], tries: 1 });
}

async function confirm(tx: Tx, visitId: string): Promise<void> {
  const visit = await lockVisit(tx.db, visitId);
  if (visit?.state === 'booked') await confirmVisit(tx, visitId, { version: visit.version, confirmed: true });
}

async function unconfirm(tx: Tx, visitId: string): Promise<void> {
  const visit = await lockVisit(tx.db, visitId);
  if (visit?.state === 'booked' && visit.confirmedAt !== null)
    await confirmVisit(tx, visitId, { version: visit.version, confirmed: false });
}

/** A slip of the key: nobody has answered. The visit stays where it was moved. */
export async function notTold(tx: Tx, lineId: string, version: number): Promise<RescueLine> {
  const line = await openLine(tx, lineId, version);
  if (line.answer === 'owed' || line.answer === 'done')
    throw new Refusal('conflict', 'Settle it with the visit itself: it was cancelled for this person.');
  if (line.answer === 'agreed' && line.choice === 'move') await unconfirm(tx, line.visitId);
  return write(tx, line, { kind: 'not-said', answer: 'open' });
}

/** The time that they would rather have, agreed on the phone. */
export async function takeAnother(tx: Tx, lineId: string, input: TakeAnother): Promise<RescueLine> {
  const line = await openLine(tx, lineId, input.version);
  if (isSettled(line.answer) && line.answer !== 'agreed')
    throw new Refusal('conflict', 'This line is settled. Move the visit on the schedule.');
  const visit = await lockVisit(tx.db, line.visitId);
  if (!visit) throw notFound('visit');
  const { startsAt, siteId, physicianId, resourceIds, holdId } = input;
  const moved = await moveVisit(tx, line.visitId, {
    ...{ version: visit.version, startsAt, siteId, physicianId, resourceIds, askedBy: 'practice' },
    holdId: holdId ?? undefined,
  });
  await confirmVisit(tx, line.visitId, { version: moved.version, confirmed: true });
  await sql`
    update rescue_lines set choice = 'move', to_starts_at = ${moved.startsAt}, to_physician_id = ${moved.physicianId},
      step_no = coalesce(step_no, ${visit.lastStepNo + 1})
    where line_id = ${lineId}`.execute(tx.db);
  return write(tx, line, { kind: 'another', answer: 'agreed', tries: 1 });
}

/** They cannot say now: the visit is off, and booking it again is somebody's. */
export async function toRebook(tx: Tx, lineId: string, input: ToRebook): Promise<RescueLine> {
  const line = await openLine(tx, lineId, input.version);
  if (input.ownerStaffId && input.ownerRole)
    throw new Refusal('bad-input', 'Give it to one person or to one role, not to both.');
  const visit = await lockVisit(tx.db, line.visitId);
  if (visit?.state === 'booked')
    await cancelVisit(tx, line.visitId, {
      ...{ version: visit.version, reason: 'physician-away', text: '', askedBy: 'practice' },
    });
  const role = input.ownerStaffId ? null : (input.ownerRole ?? 'secretary');
  await sql`
    update rescue_lines set owner_staff_id = ${input.ownerStaffId}, owner_role = ${role}, due_at = ${input.dueAt}
    where line_id = ${lineId}`.execute(tx.db);
  return write(tx, line, { kind: 'to-rebook', note: input.note, answer: 'owed', tries: 1 });
}

export async function settleLine(
  tx: Tx,
  lineId: string,
  { version, note }: { version: number; note: string },
): Promise<RescueLine> {
  return write(tx, await openLine(tx, lineId, version), { kind: 'done', note, answer: 'done' });
}

/** One visit goes back where it was; the others stay. */
export async function undoLine(tx: Tx, lineId: string, version: number): Promise<RescueLine> {
  const line = await openLine(tx, lineId, version);
  if (line.stepNo === null)
    throw new Refusal('conflict', 'This visit was not moved: there is nothing to put back.');
  await putBack(tx, line);
  return write(tx, line, { kind: 'undone', answer: 'undone' });
}
