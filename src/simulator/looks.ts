import { playGlass, playLooks } from '../features/privacy/simulate.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { seeded } from '../platform/random.ts';
import { listSimulated, type Simulation } from './cast.ts';
import type { DayPlan } from './day.ts';

/** So many days back it is told who looked at whom: what the snooping report compares with. */
const toldDays = 35;
const minuteMs = 60_000;

/** Who looked at whom on a day of the plan; nothing of days ahead or long over. */
export async function addLooks(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  const { date, ahead, visits } = plan;
  const { players, seed, timeZone, size } = simulation;
  if (size.load || ahead > 0 || ahead < -toldDays || visits.length === 0) return;
  const random = seeded(seed, 'looks', date);
  const people = await listSimulated(tx, simulation);
  const busy = new Set(visits.map((visit) => visit.patientId));
  // Whoever calls again within weeks has a task or a call noted: those whom nothing explains are others every day.
  const day = Math.round(Date.parse(date) / 86_400_000);
  const callers = Array.from({ length: random.between(0, 2) + (ahead === 0 ? 3 : 0) }, (_, n) => {
    return people[((day * 6 + n) * 37) % people.length]?.patientId ?? '';
  }).filter(Boolean);
  const [now, actor] = [tx.now, tx.actor];
  await playLooks(
    tx,
    { visits, callers: callers.filter((id) => !busy.has(id)) },
    { players, random, untilMs, timeZone },
  );
  const famous = visits.find((visit) => visit.startMs > untilMs + 60 * minuteMs);
  if (ahead === 0 && famous)
    await playGlass(tx, famous.patientId, { players, atMs: untilMs - 35 * minuteMs });
  [tx.now, tx.actor] = [now, actor];
}
