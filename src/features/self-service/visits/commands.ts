import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { noticeFor } from '../../schedule/notice/commands.ts';
import { cancelVisit, confirmVisit } from '../../schedule/steps/commands.ts';
import { moveVisit } from '../../schedule/visits/commands.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import { noteAct } from '../acts/commands.ts';
import { closeLinksTo } from '../links/commands.ts';
import type { LiveLink } from '../links/queries.ts';
import { type Allowed, findTime } from '../times/queries.ts';
import type { Slot } from '../times/rules.ts';
import { cancelWords, reasonOf, type Why } from './rules.ts';

/** Steps that a patient takes by themself; what the schedule refuses at the desk it refuses here. */

export function confirmByLink(tx: Tx, visit: Visit): Promise<Visit> {
  return confirmVisit(tx, visit.visitId, { version: visit.version, confirmed: true });
}

type Cancelling = { visit: Visit; why: Why; text: string };

/** The visit is off, every link to it is used, and what is late or was written waits for a human. */
export async function cancelByLink(
  tx: Tx,
  link: Pick<LiveLink, 'patientId'>,
  { visit, why, text }: Cancelling,
): Promise<Visit> {
  const { late } = await noticeFor(tx, visit, 'patient');
  const cancelled = await cancelVisit(tx, visit.visitId, {
    version: visit.version,
    reason: reasonOf(why),
    text: cancelWords(why, text),
    askedBy: 'patient',
  });
  await closeLinksTo(tx, visit.visitId);
  const about = { patientId: link.patientId, visitId: visit.visitId, text };
  if (late) await noteAct(tx, { ...about, act: 'cancelled-late' });
  else if (text !== '') await noteAct(tx, { ...about, act: 'wrote' });
  return cancelled;
}

type Moving = { visit: Visit; slot: Slot; allowed: Allowed };

/** To a time that the search offers; one that was taken meanwhile is refused. */
export async function moveByLink(
  tx: Tx,
  link: Pick<LiveLink, 'patientId'>,
  { visit, slot, allowed }: Moving,
): Promise<Visit> {
  const time = await findTime(tx.db, allowed, slot);
  if (!time) throw new Refusal('conflict', 'This time is not free any more.');
  const { late } = await noticeFor(tx, visit, 'patient');
  const moved = await moveVisit(tx, visit.visitId, {
    version: visit.version,
    startsAt: time.startsAt,
    physicianId: time.physicianId,
    siteId: time.siteId,
    askedBy: 'patient',
  });
  const about = { patientId: link.patientId, visitId: visit.visitId, text: '' };
  if (late) await noteAct(tx, { ...about, act: 'moved-late' });
  return moved;
}
