import { registerPatients } from '../features/patients/commands.ts';
import { inventPeople } from '../features/patients/simulate.ts';
import { readHoursFacts } from '../features/schedule/hours/queries.ts';
import { addSeries } from '../features/schedule/series/simulate.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { anchorStart, type Simulation } from './cast.ts';
import type { DayPlan } from './day.ts';

const mostPeople = 3;
const minuteMs = 60_000;

/** People sent over this morning, with a series each. They are not of the cast: no day's plan takes them. */
export async function addSeriesOfToday(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  const { seed, players } = simulation;
  tx.now = new Date(Math.max(anchorStart(simulation).getTime(), untilMs - 40 * minuteMs));
  tx.actor = players.secretary;
  const people = inventPeople(`${seed} series`, mostPeople, plan.date);
  const made = await registerPatients(
    tx,
    people.map((one) => one.draft),
  );
  const facts = await readHoursFacts(tx.db, plan.date, plan.date);
  await addSeries(tx, { patientIds: made.map((one) => one.patientId), facts, today: plan.date });
  tx.now = new Date(untilMs);
}
