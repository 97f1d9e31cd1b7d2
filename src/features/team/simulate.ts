import { addDays } from '../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../platform/calendar/zones.ts';
import { type Actor, type Tx, theOffice } from '../../platform/db/transaction.ts';
import { listStaff } from '../practice/queries.ts';
import { makeTask } from '../tasks/commands.ts';
import { addAbsence } from './commands.ts';
import type { AbsenceKind } from './schema.ts';

type Invented = {
  who: string;
  kind: AbsenceKind;
  /** days from today; hours of that day where it is not the whole of it */
  from: number;
  days: number;
  hours?: [from: string, to: string];
  /** set by the manager, unless `asks` */
  cover?: string;
  asks?: boolean;
  closeHours?: boolean;
  note?: string;
};

const invented: readonly Invented[] = [
  { who: 'Zieliński', kind: 'vacation', from: -1, days: 5, cover: 'Ruiz' },
  { who: 'Fairchild', kind: 'training', from: 1, days: 1, hours: ['13:00', '17:00'], cover: 'Phạm' },
  { who: 'Ruiz', kind: 'vacation', from: 7, days: 5, cover: 'Zieliński', asks: true },
  { who: 'Brown', kind: 'vacation', from: 3, days: 2 },
  { who: 'Okoye', kind: 'training', from: 9, days: 2, note: 'conference' },
  // Said on the phone this morning: the visits of that day are still to be moved.
  { who: 'Weber', kind: 'other', from: 2, days: 1, closeHours: false },
];

/** What was given to the colleague who is away: who covers has it on Today. */
const theirs = ['Ask the hospital for the discharge letter', 'Order appointment cards'];

/** Vacations, a training, an absence that nobody covers yet, one that a colleague is asked to cover. */
export async function addAbsences(tx: Tx, timeZone: string): Promise<void> {
  const staff = await listStaff(tx.db);
  const find = (familyName: string) => staff.find((one) => one.familyName === familyName)?.staffId;
  const today = localDate(tx.now.getTime(), timeZone);
  const { actor, now } = tx;
  for (const { who, cover, ...one } of invented) {
    const [staffId, coverId] = [find(who), cover ? find(cover) : undefined];
    if (!staffId) continue;
    const own: Actor = { accountId: actor.accountId, staffId, may: () => false };
    tx.actor = one.asks ? own : { ...theOffice, staffId: actor.staffId };
    const at = (days: number, time: string) =>
      new Date(toInstant(addDays(today, days), time, timeZone)).toISOString();
    const [from, to] = one.hours ?? ['00:00', '00:00'];
    await addAbsence(tx, {
      ...{ staffId, kind: one.kind, note: one.note ?? '', closeHours: one.closeHours ?? true },
      startsAt: at(one.from, from),
      endsAt: at(one.from + (one.hours ? 0 : one.days), to),
      covers: coverId ? [{ staffId: coverId, duties: '' }] : [],
    });
  }
  tx.actor = actor;
  const away = find('Zieliński');
  for (const [index, text] of theirs.entries()) {
    if (!away) break;
    const dueAt = new Date(toInstant(addDays(today, index), '16:30', timeZone)).toISOString();
    await makeTask(tx, { text, dueAt, ownerStaffId: away });
  }
  tx.now = now;
}
