import { registerPatients } from '../features/patients/commands.ts';
import { inventDouble } from '../features/patients/duplicates/simulate.ts';
import { findOpenings } from '../features/schedule/openings/queries.ts';
import { bookVisit } from '../features/schedule/visits/commands.ts';
import { makeTask } from '../features/tasks/commands.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { seeded } from '../platform/random.ts';
import { anchorStart, type Simulation } from './cast.ts';
import type { DayPlan } from './day.ts';

const minuteMs = 60_000;
const mostDoubles = 6;
/** They are among those who are registered before the first day is played. */
const knownFirst = 120;

/** People whom a busy desk registered a second time this morning; two of them wait for a call, two have a visit. */
export async function addDoubles(
  tx: Tx,
  simulation: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  const known = simulation.people
    .slice(0, knownFirst)
    .filter(({ draft }) => draft.phones?.length && !draft.guarantor && (draft.givenName ?? '').length > 4);
  const whom = known.filter((_, index) => index % 7 === 3).slice(0, mostDoubles);
  for (const [index, { draft }] of whom.entries()) {
    // Today, so that the plans of the days never take them for people of the cast (listSimulated).
    const atMs = Math.max(anchorStart(simulation).getTime(), untilMs - (index + 2) * 17 * minuteMs);
    tx.now = new Date(atMs);
    tx.actor = simulation.players.secretary;
    const double = inventDouble(seeded(simulation.seed, 'double', index), draft, index);
    const [made] = await registerPatients(tx, [double]);
    if (!made) continue;
    if (index < 2) await promiseCall(tx, made.patientId, untilMs);
    else if (index < 4) await bookCall(tx, made.patientId, { plan, untilMs, index });
  }
  tx.now = new Date(untilMs);
}

async function promiseCall(tx: Tx, patientId: string, untilMs: number): Promise<void> {
  await makeTask(tx, {
    text: 'Call back: asked for on the phone this morning',
    dueAt: new Date(untilMs + 90 * minuteMs).toISOString(),
    ownerRole: 'secretary',
    patientId,
  });
}

type Calling = { plan: DayPlan; untilMs: number; index: number };

/** A telephone visit later today where the physician is free; nothing where there is no such time. */
async function bookCall(tx: Tx, patientId: string, { plan, untilMs, index }: Calling): Promise<void> {
  const calls = plan.visits.filter((visit) => visit.code === 'tel');
  const like = calls[index % Math.max(1, calls.length)];
  if (!like) return;
  const { visitTypeId, physicianId } = like;
  const wish = { visitTypeId, physicianIds: [physicianId], from: plan.date, to: plan.date };
  const { openings } = await findOpenings(
    tx.db,
    { ...wish, weekdays: [], times: [], limit: 1 },
    { now: tx.now, notBeforeMs: untilMs + 30 * minuteMs, nearDays: 0 },
  );
  const [opening] = openings;
  if (!opening) return;
  const { siteId, startsAt, minutes, resourceIds } = opening;
  await bookVisit(tx, {
    ...{ patientId, visitTypeId, physicianId, siteId, startsAt, minutes, resourceIds },
    ...{ reason: 'Refill question', note: '' },
  });
}
