import { playReminders } from '../features/reminders/simulate.ts';
import { hasRescue, playRescue } from '../features/rescue/simulate.ts';
import { hasOnline, playOnline } from '../features/self-service/simulate.ts';
import { hasWaitlist, playWaitlist } from '../features/waitlist/simulate.ts';
import { toInstant } from '../platform/calendar/zones.ts';
import { type Tx, theOffice } from '../platform/db/transaction.ts';
import type { Simulation } from './cast.ts';
import type { DayPlan } from './day.ts';

/** What happens today because of visits of a day ahead: a physician who will be out, freed times, answers. */
export async function playAhead(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  await playRescueOf(tx, simulation, plan, untilMs);
  await playWaitlistOf(tx, simulation, plan, untilMs);
  await playOnlineOf(tx, simulation, plan, untilMs);
  await playRemindersOf(tx, simulation, plan, untilMs);
}

/** Some days ahead, where reminders have not gone out yet; before the days on which its visits find another time. */
async function playRescueOf(tx: Tx, simulation: Simulation, plan: DayPlan, untilMs: number): Promise<void> {
  const { seed, players, timeZone, size } = simulation;
  if (plan.ahead < Math.min(4, size.comingDays) || plan.visits.length < 10 || (await hasRescue(tx))) return;
  const at = (time: string) => toInstant(plan.date, time, timeZone);
  const day = { date: plan.date, startMs: at('00:00'), noonMs: at('12:00'), untilMs };
  await playRescue(tx, seed, { ...day, secretary: players.secretary });
  tx.now = new Date(untilMs);
}

/** On the second day ahead that has visits: some of them were called off today, and offered to who waits. */
async function playWaitlistOf(tx: Tx, simulation: Simulation, plan: DayPlan, untilMs: number): Promise<void> {
  if (plan.ahead < 2 || plan.visits.length < 10 || (await hasWaitlist(tx))) return;
  const { seed, players } = simulation;
  const patientIds = plan.visits.map(
    (_, index) => plan.visits[(index * 5) % plan.visits.length]?.patientId ?? '',
  );
  await playWaitlist(tx, seed, { date: plan.date, untilMs, patientIds: patientIds.filter(Boolean), players });
  tx.now = new Date(untilMs);
}

/** Once the visits of the next days stand: patients act by themselves, by links and on the booking page. */
async function playOnlineOf(tx: Tx, simulation: Simulation, plan: DayPlan, untilMs: number): Promise<void> {
  const { seed, timeZone, size } = simulation;
  if (plan.ahead !== Math.min(5, size.comingDays) || (await hasOnline(tx))) return;
  await playOnline(tx, seed, { lastDate: plan.date, untilMs, timeZone, manager: theOffice });
  tx.now = new Date(untilMs);
}

/** Once the visits of the next days stand: who was reminded of them, and who answered. */
async function playRemindersOf(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  if (plan.ahead !== Math.min(5, simulation.size.comingDays)) return;
  await playReminders(tx, simulation.seed, { untilMs });
  tx.now = new Date(untilMs);
}
