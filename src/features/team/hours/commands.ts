import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { findPractice } from '../../practice/queries.ts';
import { addException, removeException } from '../../schedule/setup/hours/commands.ts';
import { lockException } from '../../schedule/setup/queries.ts';
import { listResourcesOf } from '../queries.ts';
import { closingsOf } from './rules.ts';

type Absence = { staffId: string; startsAt: string; endsAt: string };

/** Who sees patients is closed on the schedule while away, so that nothing is offered then. @returns the closings' ids */
export async function closeHours(tx: Tx, { staffId, startsAt, endsAt }: Absence): Promise<string[]> {
  const resources = await listResourcesOf(tx.db, staffId);
  if (resources.length === 0) return [];
  const { timeZone } = await findPractice(tx.db);
  const today = localDate(tx.now.getTime(), timeZone);
  const closings = closingsOf(Date.parse(startsAt), Date.parse(endsAt), { timeZone, today });
  const ids: string[] = [];
  for (const resourceId of resources) {
    for (const closing of closings) {
      const added = await addException(tx, resourceId, { kind: 'closing', note: 'away', ...closing });
      ids.push(...added.exceptionIds);
    }
  }
  return ids;
}

/** Take these closings back; one that somebody took back by hand already is gone. */
export async function openHours(tx: Tx, closingIds: readonly string[]): Promise<void> {
  for (const id of closingIds) {
    const closing = await lockException(tx.db, id);
    if (closing) await removeException(tx, id, closing.version);
  }
}
