import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { lockVisits, vacate } from '../../schedule/recording/vacating/commands.ts';
import { undoVisit } from '../../schedule/steps/commands.ts';
import { lockVisit } from '../../schedule/visits/queries.ts';
import { openHours } from '../../team/hours/commands.ts';
import {
  countSteps,
  findRescue,
  type LockedLine,
  type LockedRescue,
  lockLines,
  lockRescue,
} from '../queries.ts';

async function openForChange(tx: Tx, rescueId: string, version: number): Promise<LockedRescue> {
  const kept = await lockRescue(tx.db, rescueId);
  if (!kept) throw notFound('rescue');
  if (kept.undoneAt !== null) throw new Refusal('conflict', 'This rescue was taken back already.');
  if (kept.version !== version) throw stale('rescue', await findRescue(tx.db, rescueId));
  return kept;
}

/** All of it, the closing too, as if it had not been; until the first person was told. */
export async function undoRescue(tx: Tx, rescueId: string, version: number): Promise<void> {
  const lines = await lockedWithVisits(tx, rescueId);
  const { closingIds, openedAt } = await openForChange(tx, rescueId, version);
  if ((await countSteps(tx.db, rescueId)) > 0)
    throw new Refusal(
      'conflict',
      'Someone was told already. Put visits back one by one, each with a word to the person.',
    );
  if (openedAt === null) await openHours(tx, closingIds);
  const stepped = lines.filter((line) => line.stepNo !== null);
  await vacate(
    tx,
    stepped.filter((line) => line.choice === 'move').map((line) => line.visitId),
  );
  await putBackAll(tx, [...stepped].reverse());
  await sql`
    update rescue_lines set answer = 'undone', version = version + 1 where rescue_id = ${rescueId}`.execute(
    tx.db,
  );
  await sql`
    update rescues set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}, version = version + 1
    where rescue_id = ${rescueId}`.execute(tx.db);
  tx.audit({ action: 'rescue.undone', subjectKind: 'rescue', subjectIds: [rescueId] });
  tx.touch('rescues', rescueId);
}

/** Visits before lines, as every step of a visit locks them. */
async function lockedWithVisits(tx: Tx, rescueId: string): Promise<LockedLine[]> {
  const visits = await sql<{ visitId: string }>`
    select visit_id from rescue_lines where rescue_id = ${rescueId} order by visit_id limit 200`.execute(
    tx.db,
  );
  // Where they go back to is known by their steps alone: all that it may be
  const resources = await sql<{ resourceId: string }>`
    select resource_id from resources order by resource_id limit 5000`.execute(tx.db);
  await lockVisits(tx, {
    visitIds: visits.rows.map((row) => row.visitId),
    resourceIds: resources.rows.map((row) => row.resourceId),
  });
  return lockLines(tx.db, rescueId);
}

async function putBackAll(tx: Tx, lines: readonly LockedLine[]): Promise<void> {
  const collided: { visitId: string; why: string }[] = [];
  for (const line of lines) {
    try {
      await putBack(tx, line);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      collided.push({ visitId: line.visitId, why: error.message });
    }
  }
  if (collided.length === 0) return;
  const [first] = collided;
  const more = collided.length === 1 ? '' : ` The same for ${collided.length - 1} more.`;
  throw new Refusal(
    'conflict',
    `Nothing was taken back: a visit cannot go back where it was. ${first?.why ?? ''}${more} Put back one by one what can.`,
    { offers: { collided, missing: [] } },
  );
}

/** The step of the rescue, and the confirmation that came with the answer, are taken back; anything later is not. */
export async function putBack(tx: Tx, { visitId, stepNo }: LockedLine): Promise<void> {
  for (;;) {
    const visit = await lockVisit(tx.db, visitId);
    if (!visit) throw notFound('visit');
    const { lastStep } = visit;
    if (stepNo === null || lastStep.stepNo < stepNo)
      throw new Refusal('conflict', 'This visit was put back or changed already.');
    if (lastStep.stepNo > stepNo && lastStep.step !== 'confirmed' && lastStep.step !== 'unconfirmed')
      throw new Refusal('conflict', 'This visit was changed since. Change it on the schedule.');
    await undoVisit(tx, visitId, { version: visit.version });
    if (lastStep.stepNo === stepNo) return;
  }
}

/** The physician is here after all: the closing goes, the visits stay where they are until someone puts them back. */
export async function openAgain(tx: Tx, rescueId: string, version: number): Promise<void> {
  const { closingIds, openedAt } = await openForChange(tx, rescueId, version);
  if (openedAt !== null || closingIds.length === 0)
    throw new Refusal(
      'conflict',
      'The time is open already, or an absence keeps it closed: change that on Team.',
    );
  await openHours(tx, closingIds);
  await sql`
    update rescues set opened_at = ${tx.now}, version = version + 1 where rescue_id = ${rescueId}`.execute(
    tx.db,
  );
  tx.audit({ action: 'rescue.opened-again', subjectKind: 'rescue', subjectIds: [rescueId] });
  tx.touch('rescues', rescueId);
}
