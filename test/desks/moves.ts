import * as patients from '../../src/features/patients/api.ts';
import * as merging from '../../src/features/patients/merging/api.ts';
import * as api from '../../src/features/schedule/visits/api.ts';
import { chosenReasons, type Visit, type VisitState } from '../../src/features/schedule/visits/schema.ts';
import { registerWalkIn } from '../../src/features/schedule/walk-ins/api.ts';
import type { Random } from '../../src/platform/random.ts';
import { manyMoves } from './many.ts';
import { type Move, override, repeat, startOf, type Turn, write } from './play.ts';

/** What a desk may do in one turn. The office is small and busy, so that desks are in each other's way. */

const book: Move = async (turn) => {
  const { random, desk, board } = turn;
  const { plan } = board;
  const body = {
    patientId: random.pick(plan.patients),
    visitTypeId: random.pick([plan.followUp, plan.newPatient, plan.scan]),
    siteId: random.chance(0.05) ? plan.west : plan.main,
    physicianId: random.pick([plan.lee, plan.okoye, plan.nurses, plan.nurses]),
    startsAt: startOf(random),
    ...(random.chance(0.3) ? { minutes: random.pick([10, 30, 45]) } : {}),
    ...(random.chance(0.15) ? { resourceIds: [random.pick([plan.room1, plan.room2, plan.ultrasound])] } : {}),
    ...override(random),
  };
  const ask = (key: string) => desk.ask(api.bookVisit, { body }, { key });
  await write(turn, { kind: 'book', subjectId: body.patientId, ask });
};

/** At the window without a visit: put where it is free soon, or between others, and arrived at once. */
const walkIn: Move = async (turn) => {
  const { random, desk, board } = turn;
  const { plan } = board;
  const body = {
    patientId: random.pick(plan.patients),
    visitTypeId: random.pick([plan.followUp, plan.newPatient]),
    siteId: plan.main,
    ...(random.chance(0.5) ? { physicianId: random.pick([plan.lee, plan.okoye, plan.nurses]) } : {}),
    ...override(random, 0.6),
  };
  const ask = (key: string) => desk.ask(registerWalkIn, { body }, { key });
  await write(turn, { kind: 'walk in', subjectId: body.patientId, ask });
};

/** A visit that changed a moment ago, or any; now and then as it was before its last change. */
function pickVisit({ random, board }: Turn, states?: readonly VisitState[]): Visit | undefined {
  const all = [...board.visits.values()].filter((one) => !states || states.includes(one.state));
  const near = random.chance(0.5) ? all.slice(-5) : all;
  if (near.length === 0) return undefined;
  const visit = random.pick(near);
  return random.chance(0.05) && visit.version > 1 ? { ...visit, version: visit.version - 1 } : visit;
}

type OnVisit = (turn: Turn, visit: Visit) => Promise<unknown>;

const onVisit =
  (work: OnVisit, states?: readonly VisitState[]): Move =>
  async (turn) => {
    const visit = pickVisit(turn, turn.random.chance(0.85) ? states : undefined);
    await (visit ? work(turn, visit) : book(turn));
  };

const of = ({ visitId, version }: Visit, kind: string) => ({ kind, subjectId: visitId, saw: version });

function changeOf({ random, board }: Turn): Record<string, unknown> {
  const { plan } = board;
  const { lee, okoye, nurses, room1, room2 } = plan;
  return random.pick([
    () => ({ startsAt: startOf(random) }),
    () => ({ startsAt: startOf(random) }),
    () => ({ minutes: random.pick([10, 15, 30, 60]) }),
    () => ({ physicianId: random.pick([lee, okoye, nurses]) }),
    () => ({ physicianId: random.pick([lee, okoye, nurses]), startsAt: startOf(random) }),
    () => ({ resourceIds: [random.pick([room1, room2])] }),
    () => ({ siteId: plan.west, startsAt: '2026-03-06T10:00:00-07:00' }),
  ])();
}

const move = onVisit(
  (turn, visit) => {
    const change = changeOf(turn);
    const body = { version: visit.version, ...change, ...override(turn.random) };
    const kind = 'minutes' in change ? 'resize' : 'move';
    const params = { id: visit.visitId };
    const ask = (key: string) => turn.desk.ask(api.moveVisit, { params, body }, { key });
    return write(turn, { ...of(visit, kind), ask });
  },
  ['booked'],
);

type Stepping =
  | typeof api.arriveVisit
  | typeof api.withPhysicianVisit
  | typeof api.checkOutVisit
  | typeof api.noShowVisit
  | typeof api.leftVisit
  | typeof api.undoVisit;

const step = (kind: string, endpoint: Stepping, states?: readonly VisitState[]) =>
  onVisit((turn, visit) => {
    const input = { params: { id: visit.visitId }, body: { version: visit.version } };
    const ask = (key: string) => turn.desk.ask(endpoint, input, { key });
    return write(turn, { ...of(visit, kind), ask });
  }, states);

const cancel = onVisit(
  (turn, visit) => {
    const body = { version: visit.version, reason: turn.random.pick([...chosenReasons]) };
    const params = { id: visit.visitId };
    const ask = (key: string) => turn.desk.ask(api.cancelVisit, { params, body }, { key });
    return write(turn, { ...of(visit, 'cancel'), ask });
  },
  ['booked'],
);

const confirm = onVisit(
  (turn, visit) => {
    const body = { version: visit.version, confirmed: turn.random.chance(0.7) };
    const params = { id: visit.visitId };
    const ask = (key: string) => turn.desk.ask(api.confirmVisit, { params, body }, { key });
    return write(turn, { ...of(visit, 'confirm'), ask });
  },
  ['booked'],
);

const room = onVisit(
  (turn, visit) => {
    const { random, board, desk } = turn;
    const { room1, room2 } = board.plan;
    const other = random.chance(0.7) ? { resourceId: random.pick([room1, room2]) } : {};
    const body = { version: visit.version, ...other, ...override(random, 0.5) };
    const ask = (key: string) => desk.ask(api.roomVisit, { params: { id: visit.visitId }, body }, { key });
    return write(turn, { ...of(visit, 'room'), ask });
  },
  ['arrived'],
);

const reinstate = onVisit(
  (turn, visit) => {
    const body = { version: visit.version, ...override(turn.random) };
    const params = { id: visit.visitId };
    const ask = (key: string) => turn.desk.ask(api.reinstateVisit, { params, body }, { key });
    return write(turn, { ...of(visit, 'reinstate'), ask });
  },
  ['cancelled', 'no_show'],
);

const enterInError = onVisit((turn, visit) => {
  const body = { version: visit.version, reason: 'Wrong person' };
  const params = { id: visit.visitId };
  const ask = (key: string) => turn.desk.ask(api.visitInError, { params, body }, { key });
  return write(turn, { ...of(visit, 'enter in error'), ask });
});

const edit = onVisit((turn, visit) => {
  const body = { version: visit.version, note: turn.random.pick(['', 'Bring films', 'Side door']) };
  const params = { id: visit.visitId };
  const ask = (key: string) => turn.desk.ask(api.editVisit, { params, body }, { key });
  return write(turn, { ...of(visit, 'edit'), ask });
});

const merge: Move = async (turn) => {
  const { random, desk, board } = turn;
  const [id, otherId] = [random.pick(board.plan.patients), random.pick(board.plan.patients)];
  if (id === otherId) return;
  const open = (patientId: string) => desk.do(patients.openPatient, { params: { id: patientId } });
  const [one, other] = await Promise.all([open(id), open(otherId)]);
  if ((one.patient.mergedInto || other.patient.mergedInto) && random.chance(0.8)) return;
  const body = { version: one.patient.version, otherId, otherVersion: other.patient.version };
  const ask = (key: string) => desk.ask(merging.mergePatients, { params: { id }, body }, { key });
  await write(turn, { kind: 'merge', subjectId: id, ask });
};

/** Any merge that stands, also one that has to wait for a later one. */
export const takeApart: Move = async (turn) => {
  const { random, desk } = turn;
  const listed = await desk.ask(merging.listMerges);
  if (listed.status !== 200 || listed.body.merges.length === 0) return;
  const { mergeId, intoId, intoVersion } = random.pick(listed.body.merges);
  const input = { params: { id: mergeId }, body: { version: intoVersion } };
  const ask = (key: string) => desk.ask(merging.takeApart, input, { key });
  await write(turn, { kind: 'take apart', subjectId: intoId, ask });
};

/** How often out of all. */
const moves: readonly (readonly [number, Move])[] = [
  [22, book],
  [16, move],
  [8, cancel],
  [5, step('no-show', api.noShowVisit, ['booked'])],
  [4, confirm],
  [6, walkIn],
  [3, step('left', api.leftVisit, ['arrived', 'in_room'])],
  [8, step('arrive', api.arriveVisit, ['booked'])],
  [7, room],
  [3, step('with physician', api.withPhysicianVisit, ['arrived', 'in_room'])],
  [3, step('check out', api.checkOutVisit, ['arrived', 'in_room', 'with_physician'])],
  [5, reinstate],
  [2, enterInError],
  [3, edit],
  [14, step('undo', api.undoVisit)],
  [9, merge],
  [2, takeApart],
  [4, repeat],
  ...manyMoves,
];
const total = moves.reduce((sum, [weight]) => sum + weight, 0);

export function chooseMove(random: Random): Move {
  let left = random.below(total);
  for (const [weight, one] of moves) {
    if (left < weight) return one;
    left -= weight;
  }
  return book;
}
