import { addDays } from '../../../platform/calendar/dates.ts';
import { toInstant } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { readSetup } from '../../schedule/setup/queries.ts';
import { courseOf, type Players, playMoments } from '../../schedule/steps/simulate.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
import { recordAttempt } from '../attempts/commands.ts';
import { endFollowUp } from '../commands.ts';
import { listFollowUps } from '../queries.ts';
import { usualNextTry } from '../rules.ts';
import type { FollowUp } from '../schema.ts';
import { bookFirst } from '../simulate.ts';
import { addRecallRule, makeRecalls } from './commands.ts';
import type { NewRecallRule } from './schema.ts';

type Invented = Omit<NewRecallRule, 'afterTypeIds' | 'visitTypeId'> & { after: string; to: string };

/** By the codes of the visit types. */
const invented: readonly Invented[] = [
  { name: 'Annual physical', after: 'an', to: 'an', months: 12, leastAge: 18 },
  { name: 'Well child, twice a year until 3', after: 'wc', to: 'wc', months: 6, mostAge: 3 },
  { name: 'Six weeks after a procedure', after: 'px', to: 'po', days: 42, samePhysician: false },
  { name: 'Ultrasound seen again', after: 'us', to: 'fu', months: 3, samePhysician: false },
  { name: 'Heart check', after: 'ecg', to: 'fu', months: 6 },
];

/** The rules of the practice, for as many of its visit types as it has. */
export async function addRecallRules(tx: Tx): Promise<void> {
  const { visitTypes } = await readSetup(tx.db);
  const idOf = (code: string) => visitTypes.find((type) => type.code === code)?.visitTypeId;
  for (const { after, to, ...rule } of invented) {
    const [afterId, visitTypeId] = [idOf(after), idOf(to)];
    if (afterId && visitTypeId) await addRecallRule(tx, { ...rule, afterTypeIds: [afterId], visitTypeId });
  }
}

type Round = { seed: string; onDate: string; timeZone: string; untilMs: number; players: Players };
/** So many are worked off in an hour set aside for it. */
const mostInRound = 25;

/** An hour with the recall list on a day that is over: letters, calls, bookings, and what came of them. */
export async function playRecallRound(tx: Tx, round: Round): Promise<void> {
  const { seed, onDate, timeZone, untilMs, players } = round;
  const startMs = Math.min(toInstant(onDate, '13:30', timeZone), untilMs);
  tx.now = new Date(startMs);
  tx.actor = players.secretary;
  await makeRecalls(tx);
  const random = seeded(seed, 'recalls', onDate);
  const asked = { filter: 'recalls' as const, today: onDate, limit: mostInRound };
  const { followUps } = await listFollowUps(tx.db, asked);
  for (const followUp of followUps) {
    tx.now = new Date(startMs);
    tx.actor = players.secretary;
    await workOff(tx, followUp, { ...round, random });
  }
  tx.now = new Date(untilMs);
}

type Working = Round & { random: Random };

async function workOff(tx: Tx, followUp: FollowUp, working: Working): Promise<void> {
  const { random, onDate } = working;
  const roll = random.next();
  const { followUpId, version, latestOn } = followUp;
  if (latestOn < addDays(onDate, -60)) {
    tx.actor = working.players.physician;
    return void (await endFollowUp(tx, followUpId, 'closed', {
      version,
      reason: 'Too long ago to be of use.',
    }));
  }
  try {
    if (roll < 0.55) return await reachAndBook(tx, followUp, working);
    if (roll < 0.75) return await sendLetter(tx, followUp, onDate);
    if (roll < 0.9) {
      const outcome = random.pick(['no-answer', 'left-message'] as const);
      return void (await tryCall(tx, followUp, outcome, usualNextTry(outcome, onDate)));
    }
    await endFollowUp(tx, followUpId, 'refused', { version, reason: 'Goes to another practice by now.' });
  } catch (error) {
    // Who wants no letter or call is left for another way
    if (!(error instanceof Refusal)) throw error;
  }
}

type Outcome = 'reached' | 'no-answer' | 'left-message';

function tryCall(tx: Tx, followUp: FollowUp, outcome: Outcome, nextTryOn: string | null): Promise<FollowUp> {
  const { followUpId, version } = followUp;
  return recordAttempt(tx, followUpId, { version, channel: 'call', outcome, note: '', nextTryOn });
}

async function sendLetter(tx: Tx, { followUpId, version, letters }: FollowUp, onDate: string): Promise<void> {
  const nextTryOn = addDays(onDate, 28);
  const letterNo = Math.min(3, letters + 1);
  const sent = { channel: 'mail', outcome: 'sent', note: '' } as const;
  await recordAttempt(tx, followUpId, { version, ...sent, nextTryOn, letterNo });
}

/** Reached, booked, and seen by now where the day is over; some do not come. */
async function reachAndBook(tx: Tx, followUp: FollowUp, working: Working): Promise<void> {
  const { onDate, untilMs, players, random } = working;
  const reached = await tryCall(tx, followUp, 'reached', null);
  const booked = await bookFirst(tx, reached, onDate);
  const visit = booked?.visit && (await findVisit(tx.db, booked.visit.visitId));
  if (!visit) return;
  const times = { startMs: Date.parse(visit.startsAt), endMs: Date.parse(visit.endsAt) };
  const fate = random.chance(0.9) ? ('keeps' as const) : ('misses' as const);
  const moments = courseOf(times, { fate, random, full: false }).filter((one) => one.step !== 'let_go');
  await playMoments(tx, visit, moments, { players, untilMs, random });
}
