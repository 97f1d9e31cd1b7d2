import { addDays } from '../../platform/calendar/dates.ts';
import { localDate, toInstant } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findOpenings } from '../schedule/openings/queries.ts';
import { FindOpenings } from '../schedule/openings/schema.ts';
import { cancelVisit } from '../schedule/steps/commands.ts';
import { recordAttempt } from './attempts/commands.ts';
import { bookFollowUp, endFollowUp, orderFollowUp, tickFollowUp } from './commands.ts';
import { searchWindow } from './line/rules.ts';
import { dateAfter, usualNextTry } from './rules.ts';
import { BookFollowUp, type FollowUp, type NewFollowUp } from './schema.ts';

/** Book it at the first time of its window. @returns undefined where none is left, or someone else was quicker */
export async function bookFirst(tx: Tx, followUp: FollowUp, today: string): Promise<FollowUp | undefined> {
  const { visitTypeId, physicianId, patientId, version, followUpId } = followUp;
  const { aroundDate, window } = searchWindow(followUp, today);
  const physicianIds = physicianId ? [physicianId] : [];
  const wish = FindOpenings.parse({ visitTypeId, physicianIds, patientId, aroundDate, ...window, limit: 1 });
  const [opening] = (await findOpenings(tx.db, wish, { now: tx.now, nearDays: 0 })).openings;
  if (!opening) return undefined;
  const { startsAt, siteId, minutes, resourceIds } = opening;
  const place = { startsAt, siteId, minutes, resourceIds, physicianId: opening.physicianId, visitTypeId };
  try {
    return (await bookFollowUp(tx, followUpId, BookFollowUp.parse({ ...place, version }))).followUp;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

type Invented = {
  /** weeks ago it was ordered */
  weeksAgo: number;
  span: string;
  first?: readonly string[];
  priority?: NewFollowUp['priority'];
  instructions?: string;
  next?: 'tried' | 'booked' | 'cancelled' | 'refused' | 'closed';
};

/** What a practice has open on a morning: due, past their time, waiting for something, booked, cancelled, ended. */
const invented: readonly Invented[] = [
  { weeksAgo: 4, span: '6w', next: 'tried' },
  { weeksAgo: 9, span: '6w', instructions: 'Blood pressure again, brings the log.' },
  { weeksAgo: 1, span: '3w', first: ['MRI of the knee'], priority: 'soon', next: 'booked' },
  { weeksAgo: 0, span: '10d', first: ['Labs: CBC, CMP'], priority: 'urgent' },
  { weeksAgo: 10, span: '3m', first: ['HbA1c'] },
  { weeksAgo: 2, span: '5w', next: 'cancelled' },
  { weeksAgo: 5, span: '6w', next: 'refused' },
  { weeksAgo: 3, span: '6w', next: 'booked', first: ['Echo'] },
  { weeksAgo: 6, span: '8w', next: 'closed' },
  { weeksAgo: 7, span: '2m', next: 'tried', instructions: 'Wound check, bring the dressing.' },
  { weeksAgo: 0, span: '3m' },
  { weeksAgo: 0, span: '1y', instructions: 'Annual physical.' },
];

type Day = {
  seed: string;
  today: string;
  timeZone: string;
  patientIds: readonly string[];
  visitTypeId: string;
  physicianIds: readonly string[];
};

/** Follow-ups of the weeks before, as they stand this morning, through the commands of the screens. */
export async function addFollowUps(tx: Tx, day: Day): Promise<void> {
  const { now, actor } = tx;
  const random = seeded(`${day.seed} follow-ups ${day.today}`);
  const patientIds = [...new Set(day.patientIds)];
  for (const [at, one] of invented.entries()) {
    const patientId = patientIds[at * 3 + 1];
    if (patientId) await addOne(tx, { day, random, one, patientId, now });
  }
  tx.now = now;
  tx.actor = actor;
}

type One = { day: Day; random: Random; one: Invented; patientId: string; now: Date };

async function addOne(tx: Tx, { day, random, one, patientId, now }: One): Promise<void> {
  const orderedOn = addDays(day.today, -7 * one.weeksAgo);
  tx.now = one.weeksAgo === 0 ? now : new Date(toInstant(orderedOn, '11:20', day.timeZone));
  const made = await orderFollowUp(tx, {
    ...{ patientId, visitTypeId: day.visitTypeId, physicianId: random.pick(day.physicianIds) },
    ...{ targetOn: dateAfter(localDate(tx.now.getTime(), day.timeZone), one.span) ?? day.today },
    ...{ said: one.span, first: [...(one.first ?? [])], priority: one.priority ?? 'routine' },
    instructions: one.instructions ?? '',
  });
  tx.now = now;
  await goOn(tx, made, one.next, day.today);
}

async function goOn(tx: Tx, made: FollowUp, next: Invented['next'], today: string): Promise<void> {
  const { followUpId, version } = made;
  if (next === 'refused' || next === 'closed') {
    const reason = next === 'refused' ? 'Feels well, will call.' : 'Was seen at the hospital.';
    await endFollowUp(tx, followUpId, next, { version, reason });
  }
  if (next === 'tried') {
    const outcome = 'no-answer' as const;
    const nextTryOn = usualNextTry(outcome, addDays(today, -1));
    await recordAttempt(tx, followUpId, { version, channel: 'call', outcome, note: '', nextTryOn });
  }
  if (next !== 'booked' && next !== 'cancelled') return;
  const booked = await bookFirst(tx, made, today);
  if (next === 'booked' || !booked?.visit) return;
  const { visitId, version: seen } = booked.visit;
  await cancelVisit(tx, visitId, { version: seen, reason: 'patient-ill', text: '' });
}

/** What must come first is done, one after the other. */
export async function tickAll(tx: Tx, followUp: FollowUp): Promise<FollowUp> {
  let now = followUp;
  for (const { prerequisiteId, doneAt } of followUp.prerequisites) {
    if (doneAt !== null) continue;
    now = await tickFollowUp(tx, now.followUpId, { version: now.version, prerequisiteId, done: true });
  }
  return now;
}
