import type { Tx } from '../../../platform/db/transaction.ts';
import { findMessage } from '../../messages/queries.ts';
import { queueNotice } from '../../messages/queueing/commands.ts';
import { sayDay, sayTime } from '../../messages/templates/rules.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
import { makeLink } from '../../self-service/links/commands.ts';
import { makeTask } from '../../tasks/commands.ts';

/** The booking page promised that they hear from us: the time is theirs. Who may not be written to is called. */
export async function tellBooked(tx: Tx, visitId: string): Promise<void> {
  const visit = await findVisit(tx.db, visitId);
  if (visit?.state !== 'booked' || Date.parse(visit.startsAt) <= tx.now.getTime()) return;
  const { patientId, startsAt, timeZone, siteName: place } = visit;
  const expiresAt = new Date(startsAt);
  const queued = await queueNotice(tx, {
    ...{ patientId, template: 'booked', aboutKind: 'visit', aboutId: visitId, expiresAt },
    uniqueKey: `booked ${visitId}`,
    fields: async (language) => ({
      place,
      day: sayDay(expiresAt.getTime(), timeZone, language),
      time: sayTime(expiresAt.getTime(), timeZone, language),
      link: (await makeLink(tx, { purpose: 'visit', subjectId: visitId, patientId, expiresAt })) ?? '',
    }),
  });
  if (queued.kind === 'none') await askToCall(tx, patientId);
}

/** The message did not leave after all (what they said meanwhile, another number, too many that day): they are called. */
export async function hearNotOut(tx: Tx, visitId: string, messageId: string): Promise<void> {
  const message = await findMessage(tx.db, messageId);
  const visit = await findVisit(tx.db, visitId);
  // One that left and did not arrive is a duty by itself
  if (message?.template !== 'booked' || message.state !== 'suppressed') return;
  if (visit?.state === 'booked' && Date.parse(visit.startsAt) > tx.now.getTime())
    await askToCall(tx, visit.patientId);
}

/** Within the hour in which they were to hear. */
async function askToCall(tx: Tx, patientId: string): Promise<void> {
  await makeTask(tx, {
    text: 'The time they asked for online is booked, and no message may be sent. Call and say so.',
    dueAt: new Date(tx.now.getTime() + 3_600_000).toISOString(),
    ...{ patientId, ownerStaffId: null, ownerRole: 'secretary' },
  });
}
