import { registerPatients } from '../features/patients/commands.ts';
import { inventPeople } from '../features/patients/simulate.ts';
import { addGroup } from '../features/schedule/groups/simulate.ts';
import { readHoursFacts } from '../features/schedule/hours/queries.ts';
import { addSeries } from '../features/schedule/series/simulate.ts';
import { registerWalkIn } from '../features/schedule/walk-ins/commands.ts';
import { addDays } from '../platform/calendar/dates.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { Refusal } from '../platform/refusal.ts';
import { anchorStart, type Simulation } from './cast.ts';
import type { DayPlan } from './day.ts';

const mostPeople = 3;
const walkIns = 2;
const inClass = 7;
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

/** A class on a day after the next ones, with most of its places taken. */
export async function addClass(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  const { seed, players } = simulation;
  tx.now = new Date(Math.max(anchorStart(simulation).getTime(), untilMs - 90 * minuteMs));
  tx.actor = players.secretary;
  const made = await registerPatients(
    tx,
    inventPeople(`${seed} class`, inClass, plan.date).map((one) => one.draft),
  );
  const facts = await readHoursFacts(tx.db, plan.date, addDays(plan.date, 30));
  await addGroup(tx, { patientIds: made.map((one) => one.patientId), facts, today: plan.date });
  tx.now = new Date(untilMs);
}

/** Two who came without a visit a few minutes ago and wait; nobody where nobody is at work. */
export async function addWalkInsOfToday(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  const { seed, players } = simulation;
  const people = inventPeople(`${seed} walk-in`, walkIns, plan.date);
  const { visitTypes } = await readHoursFacts(tx.db, plan.date, plan.date);
  const type = visitTypes.find((one) => one.code === 'ur') ?? visitTypes[0];
  tx.actor = players.secretary;
  for (const [at, { draft }] of people.entries()) {
    tx.now = new Date(Math.max(anchorStart(simulation).getTime(), untilMs - (at + 1) * 6 * minuteMs));
    const [made] = await registerPatients(tx, [draft]);
    if (!made || !type) continue;
    const wish = {
      patientId: made.patientId,
      visitTypeId: type.visitTypeId,
      reason: 'Cough since yesterday',
    };
    await registerWalkIn(tx, wish).catch(unlessRefused);
  }
  tx.now = new Date(untilMs);
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
