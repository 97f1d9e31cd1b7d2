import { addDays } from '../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../platform/calendar/zones.ts';
import { type Actor, type Tx, theOffice } from '../../platform/db/transaction.ts';
import { listStaff } from '../practice/queries.ts';
import { makeTask } from '../tasks/commands.ts';
import { addAbsence } from './commands.ts';
import { addHandoffs } from './handoffs/simulate.ts';
import { addNotes } from './notes/simulate.ts';
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
  // Said on the phone this morning: the visits of these days are still to be moved.
  { who: 'Okoye', kind: 'training', from: 7, days: 2, note: 'conference', closeHours: false },
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
  tx.now = now;
  const away = find('Zieliński');
  for (const [index, text] of theirs.entries()) {
    if (!away) break;
    const dueAt = new Date(toInstant(addDays(today, index), '16:30', timeZone)).toISOString();
    await makeTask(tx, { text, dueAt, ownerStaffId: away });
  }
  tx.now = now;
}

/** What was noted on people of the day, and left from one shift to the next. @param patientIds of the day */
export async function addTeamWork(tx: Tx, patientIds: readonly string[]): Promise<void> {
  const { actor, now } = tx;
  const staff = await listStaff(tx.db);
  const as = (familyName: string, minutesAgo: number) => {
    const staffId = staff.find((one) => one.familyName === familyName)?.staffId ?? null;
    tx.actor = { accountId: null, staffId, may: () => true };
    tx.now = new Date(now.getTime() - minutesAgo * 60_000);
    return staffId;
  };
  await addNotes(tx, patientIds, as);
  await addHandoffs(tx, as);
  tx.actor = actor;
  tx.now = now;
}
