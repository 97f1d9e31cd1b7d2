import { findPractice } from '../features/practice/queries.ts';
import { playMoments, restOf } from '../features/schedule/steps/simulate.ts';
import { findVisit } from '../features/schedule/visits/queries.ts';
import { addDays } from '../platform/calendar/dates.ts';
import { localDate } from '../platform/calendar/zones.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';
import { type DemoState, writeDemo } from '../platform/practices.ts';
import { seeded } from '../platform/random.ts';
import { playSome, readTopUp } from './day.ts';
import { type Player, play } from './demo.ts';
import { listOpenVisitIds, wasTouched } from './queries.ts';

const hourMs = 3_600_000;

export async function isUntouched(store: Store, practiceId: string): Promise<boolean> {
  const opening = { practiceId, actor: theOffice, requestId: 'simulator', readOnly: true };
  return inTransaction(store, opening, async (tx) => !(await wasTouched(tx.db)));
}

export async function isAnotherDay(store: Store, practiceId: string, state: DemoState): Promise<boolean> {
  const opening = { practiceId, actor: theOffice, requestId: 'simulator', readOnly: true };
  return inTransaction(store, opening, async (tx) => {
    const { timeZone } = await findPractice(tx.db);
    return localDate(tx.now.getTime(), timeZone) !== state.anchorOn;
  });
}

/**
 * A demo that people changed is not made anew: what was open goes on as it would have gone, and today and the
 * next days are filled up around what is booked. @returns false when it was played on within the hour
 */
export async function catchUp(player: Player): Promise<boolean> {
  const { simulation, state } = player;
  const now = simulation.store.clock.now();
  if (now.getTime() - Date.parse(state.playedUntil) < hourMs) return false;
  await closeOut(player, now);
  const today = localDate(now.getTime(), simulation.timeZone);
  const wasThen = localDate(Date.parse(state.playedUntil), simulation.timeZone);
  if (today > wasThen)
    for (const ahead of [0, 1, 2, 3]) await topUp(player, addDays(today, ahead), ahead, now);
  player.state = { ...player.state, playedUntil: now.toISOString() };
  await play(simulation, (tx) => writeDemo(tx, player.state));
  return true;
}

/** Visits that should be over are ended; those that go on now stand where they would. */
async function closeOut({ simulation }: Player, now: Date): Promise<void> {
  const ids = await play(simulation, (tx) => listOpenVisitIds(tx.db, now));
  const few = 10;
  for (let from = 0; from < ids.length; from += few) {
    await play(simulation, async (tx) => {
      for (const visitId of ids.slice(from, from + few)) {
        const visit = await findVisit(tx.db, visitId);
        if (!visit) continue;
        const random = seeded(simulation.seed, 'rest', visit.startsAt, visit.physicianId);
        const roll = random.next();
        const fate = visit.state === 'booked' && roll < 0.04 ? 'misses' : 'keeps';
        const moments = restOf(visit, { fate, random, full: true });
        const { players } = simulation;
        await playMoments(tx, visit, moments, { players, untilMs: now.getTime(), random });
      }
    });
  }
}

async function topUp({ simulation }: Player, date: string, ahead: number, now: Date): Promise<void> {
  const untilMs = now.getTime();
  const fill = ahead === 0 ? 0.7 : 0.5;
  const plan = await play(simulation, (tx) => readTopUp(tx, simulation, { date, ahead, untilMs, fill }));
  let offset = 0;
  while (offset < plan.visits.length) {
    const played = await play(simulation, (tx) =>
      playSome(tx, simulation, plan, { offset, untilMs, budgetMs: 300 }),
    );
    offset = played.offset;
  }
}
