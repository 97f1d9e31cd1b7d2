import { playCalls } from '../features/calls/simulate.ts';
import { addRecallRules, playRecallRound } from '../features/follow-ups/recalls/simulate.ts';
import { addFollowUps } from '../features/follow-ups/simulate.ts';
import { playMessages } from '../features/messages/simulate.ts';
import { addReach } from '../features/patients/relations/simulate.ts';
import { createPractice } from '../features/practice/commands.ts';
import { findPractice, listSites, listStaff } from '../features/practice/queries.ts';
import { setUpGroup, simulatedManager } from '../features/practice/simulate.ts';
import { playRisk } from '../features/schedule/risk/simulate.ts';
import { readSetup } from '../features/schedule/setup/queries.ts';
import { setUpSchedule } from '../features/schedule/setup/simulate.ts';
import type { SimulatedPatient } from '../features/schedule/visits/simulate.ts';
import { addTasks } from '../features/tasks/simulate.ts';
import { addAbsences, addTeamWork } from '../features/team/simulate.ts';
import { addDays, isoWeekday } from '../platform/calendar/dates.ts';
import { localDate, localMinutes, toInstant } from '../platform/calendar/zones.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../platform/db/transaction.ts';
import { type DemoState, readDemo, writeDemo } from '../platform/practices.ts';
import { playAhead } from './ahead.ts';
import { listSimulated, openSimulation, playPeople, type Simulation } from './cast.ts';
import { type DayPlan, loadDay, playSome, readDayPlan } from './day.ts';
import { addDoubles } from './doubles.ts';
import { addLooks } from './looks.ts';
import { countFirstParts, listParts, type Part, type Size } from './plan.ts';
import { addClass, addSeriesOfToday, addWalkInsOfToday } from './series.ts';

const demoName = 'Elm Street Family & Surgical Group';
const demoZone = 'America/New_York';

/** The simulator's own transactions are told apart by this in the audit. */
const requestId = 'simulator';

/** Run in the demo practice as the simulator; commands move `tx.now` and `tx.actor` themselves. */
export function play<T>({ store, practiceId }: Simulation, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(store, { practiceId, actor: theOffice, requestId }, work);
}

/** Make the demo practice, set up and empty of people. @returns its id */
export async function makeDemoPractice(store: Store): Promise<string> {
  const { practiceId } = await createPractice(store, {
    name: demoName,
    timeZone: demoZone,
    kind: 'demo',
    manager: { ...simulatedManager, email: 'manager@demo.test', password: 'demo-desk' },
  });
  return practiceId;
}

/** Set up what `makeDemoPractice` left empty, all or nothing: a start that was cut off finds it undone. */
export async function setUpDemo(store: Store, practiceId: string, seed: string, size: Size): Promise<void> {
  const now = store.clock.now();
  const opening = { practiceId, actor: theOffice, requestId };
  await inTransaction(store, opening, async (tx) => {
    const { timeZone } = await findPractice(tx.db);
    const today = localDate(now.getTime(), timeZone);
    const { pastDays, comingDays, physicians } = size;
    const from = addDays(today, -pastDays - 70);
    tx.now = new Date(toInstant(from, '12:00', timeZone));
    const [site] = await listSites(tx.db);
    const [manager] = await listStaff(tx.db);
    const made = {
      ...{ practiceId, siteId: site?.siteId ?? '', managerStaffId: manager?.staffId ?? '' },
      managerAccountId: '',
    };
    const group = await setUpGroup(tx, made, { physicians, today, pastDays, comingDays: comingDays + 30 });
    const openToday = hoursToday(now, today, timeZone);
    await setUpSchedule(tx, { ...group, from, today, openToday });
    const total = listParts(size, today).length;
    const playedUntil = now.toISOString();
    const state = { seed, anchorOn: today, playedUntil, done: 0, total, part: 0, offset: 0, refused: 0 };
    await writeDemo(tx, size.load ? { ...state, load: true } : state);
  });
}

/**
 * Hours besides the usual ones, so that the day is in progress whenever the demo is opened: in the evening, on
 * a Sunday or a holiday the group keeps extended hours around that moment. null in the middle of a working day.
 */
export function hoursToday(now: Date, today: string, timeZone: string) {
  const minutes = localMinutes(now.getTime(), timeZone);
  const isWorkday = isoWeekday(today) <= 5;
  if (isWorkday && minutes >= 10.5 * 60 && minutes <= 15 * 60) return null;
  const round = (value: number) => Math.round(value / 30) * 30;
  return {
    fromMinutes: Math.max(0, round(minutes - (isWorkday ? 165 : 300))),
    toMinutes: Math.min(24 * 60, round(minutes + 240)),
  };
}

export async function findDemoState(store: Store, practiceId: string): Promise<DemoState | null> {
  const opening = { practiceId, actor: theOffice, requestId, readOnly: true };
  return inTransaction(store, opening, (tx) => readDemo(tx.db));
}

/** Take up the simulation of a practice where it stands. */
export async function resumeDemo(
  store: Store,
  practiceId: string,
  size: Size,
): Promise<{ simulation: Simulation; state: DemoState }> {
  const state = await findDemoState(store, practiceId);
  if (!state) throw new Error('This practice is not simulated.');
  const { seed, anchorOn } = state;
  const opening = { practiceId, actor: theOffice, requestId, readOnly: true };
  const { timeZone } = await inTransaction(store, opening, (tx) => findPractice(tx.db));
  const simulation = await openSimulation({ store, practiceId, timeZone, seed, anchorOn, size });
  return { simulation, state };
}

export type Progress = (state: DemoState) => void;

/** A part of the plan that is being played; the plan of its day is made once. */
export type Player = {
  simulation: Simulation;
  state: DemoState;
  plan: DayPlan | null;
  /** Whole days written at once instead of visits played one by one; the result is the same. */
  bulk?: { patients: SimulatedPatient[] | null; visits: number };
};

/** Play the next piece in one transaction of about `budgetMs`. @returns false when nothing is left */
export async function playNext(player: Player, budgetMs: number): Promise<boolean> {
  const { simulation, state } = player;
  const part = listParts(simulation.size, simulation.anchorOn)[state.part];
  if (!part) return false;
  const next = await play(simulation, async (tx) => {
    const moved =
      part.kind === 'day'
        ? await playDayPiece(tx, player, part, budgetMs)
        : await playOther(tx, player, part).then(() => partDone(state));
    await writeDemo(tx, moved);
    return moved;
  });
  if (next.part !== state.part) player.plan = null;
  player.state = next;
  return next.part < next.total;
}

async function playOther(tx: Tx, { simulation, state }: Player, part: Exclude<Part, { kind: 'day' }>) {
  const untilMs = Date.parse(state.playedUntil);
  const { seed, timeZone, players } = simulation;
  switch (part.kind) {
    case 'people':
      return playPeople(tx, simulation, part);
    case 'recalls':
      tx.actor = players.secretary;
      if (part.first) await addRecallRules(tx);
      return playRecallRound(tx, { seed, onDate: part.date, timeZone, untilMs, players });
    case 'learning':
      return playRisk(tx, untilMs);
  }
}

function partDone(state: DemoState): DemoState {
  return { ...state, part: state.part + 1, done: state.part + 1, offset: 0 };
}

type DayPart = { date: string; ahead: number };

async function playDayPiece(tx: Tx, player: Player, part: DayPart, budgetMs: number): Promise<DemoState> {
  const { simulation, state } = player;
  // The moment of the first start, also when the rest is played after another: the plan stays the same.
  const untilMs = Date.parse(state.playedUntil);
  if (player.bulk) return loadDayPart(tx, player, part, player.bulk);
  player.plan ??= await readDayPlan(tx, simulation, { ...part, untilMs });
  const plan = player.plan;
  const played = await playSome(tx, simulation, plan, { offset: state.offset, untilMs, budgetMs });
  const refused = state.refused + played.refused;
  if (played.offset < plan.visits.length) return { ...state, offset: played.offset, refused };
  if (!simulation.size.load && part.ahead <= 0 && part.ahead >= -callDays)
    await playCallsOf(tx, simulation, plan, untilMs);
  if (part.ahead === 0) await addTasksOf(tx, simulation, plan, untilMs);
  if (!simulation.size.load && part.ahead > 0) await playAhead(tx, simulation, plan, untilMs);
  await addLooks(tx, simulation, plan, untilMs);
  return { ...partDone(state), refused };
}

async function loadDayPart(
  tx: Tx,
  { simulation, state }: Player,
  part: DayPart,
  bulk: NonNullable<Player['bulk']>,
): Promise<DemoState> {
  const untilMs = Date.parse(state.playedUntil);
  bulk.patients ??= await listSimulated(tx, simulation);
  const plan = await readDayPlan(tx, simulation, { ...part, untilMs, patients: bulk.patients });
  await loadDay(tx, simulation, plan, { untilMs });
  bulk.visits += plan.visits.length;
  if (part.ahead === 0) await addTasksOf(tx, simulation, plan, untilMs);
  await addLooks(tx, simulation, plan, untilMs);
  return partDone(state);
}

/** So many days back the telephone is played: enough to see when it rings. */
const callDays = 14;
const callsADay = 46;

/** The telephone of a day; on days without visits nobody picks it up. */
async function playCallsOf(
  tx: Tx,
  { seed, players, timeZone }: Simulation,
  plan: DayPlan,
  untilMs: number,
): Promise<void> {
  if (plan.visits.length === 0) return;
  const startMs = toInstant(plan.date, '00:00', timeZone);
  const patientIds = plan.visits.map((visit) => visit.patientId);
  const day = { startMs, untilMs, count: callsADay, patientIds, players, today: plan.date };
  await playCalls(tx, seed, day);
  tx.now = new Date(untilMs);
}

async function addTasksOf(tx: Tx, simulation: Simulation, plan: DayPlan, untilMs: number): Promise<void> {
  tx.now = new Date(untilMs);
  tx.actor = simulation.players.secretary;
  const { length } = plan.visits;
  const patientIds = plan.visits.map((_, index) => plan.visits[(index * 7) % length]?.patientId ?? '');
  await addTasks(tx, patientIds.filter(Boolean));
  await addSeriesOfToday(tx, simulation, plan, untilMs);
  await addClass(tx, simulation, plan, untilMs);
  await addWalkInsOfToday(tx, simulation, plan, untilMs);
  if (simulation.size.load) return;
  await addDoubles(tx, simulation, plan, untilMs);
  const ids = plan.visits.map((visit) => visit.patientId);
  await addReach(tx, simulation.seed, ids, plan.date);
  tx.now = new Date(untilMs);
  await addAbsences(tx, simulation.timeZone);
  await addTeamWork(tx, ids);
  tx.actor = theOffice;
  await playMessages(tx, simulation.seed, { untilMs, patientIds: ids, players: simulation.players });
  tx.actor = simulation.players.physician;
  await addFollowUpsOf(tx, simulation, plan);
}

/** What physicians asked for in the weeks before, as it stands today. */
async function addFollowUpsOf(tx: Tx, { seed, timeZone }: Simulation, plan: DayPlan): Promise<void> {
  const { visitTypes } = await readSetup(tx.db);
  const type = visitTypes.find((one) => one.code === 'fu');
  const physicianIds = [...new Set(plan.visits.map((visit) => visit.physicianId))];
  if (!type || physicianIds.length === 0) return;
  const patientIds = plan.visits.map((visit) => visit.patientId);
  const day = { seed, today: plan.date, timeZone, patientIds, physicianIds };
  await addFollowUps(tx, { ...day, visitTypeId: type.visitTypeId });
}

/** Play until the day and the next days are there: what must stand before the office opens. */
export async function playFirstParts(player: Player, progress?: Progress): Promise<void> {
  const first = countFirstParts(player.simulation.size);
  while (player.state.part < first && (await playNext(player, 1000))) progress?.(player.state);
}
