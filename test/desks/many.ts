import * as groups from '../../src/features/schedule/groups/api.ts';
import * as pinboard from '../../src/features/schedule/pinboard/api.ts';
import * as series from '../../src/features/schedule/series/api.ts';
import * as visits from '../../src/features/schedule/visits/api.ts';
import { type Ask, learn, type Move, override, startOf, type Turn, write } from './play.ts';

/** What a desk does to several visits at once, and by its pinboard. */

const pickOther = (turn: Turn, ids: Iterable<string>) => {
  const all = [...ids];
  return all.length === 0 ? undefined : turn.random.pick(all);
};
/** Now and then as it was before its last change. */
const seen = ({ random }: Turn, version: number) =>
  random.chance(0.1) && version > 1 ? version - 1 : version;

const bookSeries: Move = async (turn) => {
  const { random, desk, board } = turn;
  const { plan } = board;
  const body = {
    patientId: random.pick(plan.patients),
    visitTypeId: random.pick([plan.followUp, plan.newPatient]),
    siteId: plan.main,
    physicianId: random.pick([plan.lee, plan.okoye, plan.nurses]),
    pattern: {
      startsOn: random.pick(['2026-03-04', '2026-03-05']),
      time: random.pick(['09:00', '09:30', '10:00', '10:30', '11:00']),
      unit: 'day' as const,
      count: random.pick([2, 3]),
    },
  };
  const ask = (key: string) => desk.ask(series.bookSeries, { body }, { key });
  const answer = await write(turn, { kind: 'book series', subjectId: body.patientId, ask });
  if (answer.status !== 200 || !answer.body.seriesId) return;
  board.series.add(answer.body.seriesId);
  for (const { visitId } of answer.body.places ?? []) {
    if (!visitId) continue;
    board.along.push({ visitId, patientId: body.patientId });
    await learn(turn, visitId);
  }
};

async function openSeries(turn: Turn) {
  const id = pickOther(turn, turn.board.series);
  if (!id) return undefined;
  const { status, body } = await turn.desk.ask(series.readSeries, { params: { id } });
  return status === 200 ? body.series : undefined;
}

const editSeries: Move = async (turn) => {
  const { random, desk, board } = turn;
  const found = await openSeries(turn);
  if (!found) return bookSeries(turn);
  const { lee, okoye, nurses, room1, room2 } = board.plan;
  const change = random.pick([
    { time: random.pick(['09:15', '10:00', '11:00']) },
    { days: random.pick([-1, 1]) },
    { minutes: random.pick([15, 30]) },
    { physicianId: random.pick([lee, okoye, nurses]) },
    { resourceIds: [random.pick([room1, room2])] },
  ]);
  const body = {
    version: seen(turn, found.version),
    scope: random.pick(['one', 'following', 'all'] as const),
    fromNo: random.pick([1, 1, 2]),
    movedToo: random.chance(0.3),
    edit: random.chance(0.2)
      ? { kind: 'cancel' as const, reason: 'patient-asked' as const }
      : { kind: 'move' as const, change },
  };
  const params = { id: found.seriesId };
  const ask = (key: string) => desk.ask(series.editSeries, { params, body }, { key });
  const kind = body.edit.kind === 'cancel' ? 'cancel series' : 'move series';
  await write(turn, { kind, subjectId: found.seriesId, ask });
};

const undoSeries: Move = async (turn) => {
  const found = await openSeries(turn);
  if (!found) return;
  const input = { params: { id: found.seriesId }, body: { version: seen(turn, found.version) } };
  const ask = (key: string) => turn.desk.ask(series.undoSeriesEdit, input, { key });
  await write(turn, { kind: 'undo series', subjectId: found.seriesId, ask });
};

/** A visit of a series that is still owed is booked, or given up. */
const settleOwed: Move = async (turn) => {
  const { random, desk } = turn;
  const found = await openSeries(turn);
  const owed = found?.places.find((one) => one.state === 'owed');
  if (!found || !owed) return;
  const params = { id: found.seriesId, placeNo: owed.placeNo };
  const version = seen(turn, found.version);
  if (random.chance(0.3)) {
    const body = { version, reason: 'Not needed' };
    const ask = (key: string) => desk.ask(series.giveUpPlace, { params, body }, { key });
    await write(turn, { kind: 'give up', subjectId: found.seriesId, ask });
    return;
  }
  const body = { version, startsAt: startOf(random), ...override(random) };
  const ask = (key: string) => desk.ask(series.bookPlace, { params, body }, { key });
  await write(turn, { kind: 'book place', subjectId: found.patientId, ask });
};

const planGroup: Move = async (turn) => {
  const { random, desk, board } = turn;
  const { plan } = board;
  const body = {
    name: 'Class',
    visitTypeId: random.pick([plan.followUp, plan.newPatient]),
    siteId: plan.main,
    physicianId: random.pick([plan.lee, plan.okoye, plan.nurses]),
    startsAt: startOf(random),
    minutes: random.pick([30, 60]),
    capacity: random.pick([2, 3]),
  };
  const ask = (key: string) => desk.ask(groups.planSession, { body }, { key });
  const { body: answer, status } = await write(turn, { kind: 'plan group', subjectId: 'group', ask });
  if (status === 200 && answer.session) board.sessions.add(answer.session.sessionId);
};

async function openGroup(turn: Turn) {
  const id = pickOther(turn, turn.board.sessions);
  if (!id) return undefined;
  const { status, body } = await turn.desk.ask(groups.readSession, { params: { id } });
  return status === 200 ? body : undefined;
}

const bookSeat: Move = async (turn) => {
  const { random, desk, board } = turn;
  const id = pickOther(turn, board.sessions);
  if (!id) return planGroup(turn);
  const body = { patientId: random.pick(board.plan.patients) };
  const ask = (key: string) => desk.ask(groups.bookSeat, { params: { id }, body }, { key });
  await write(turn, { kind: 'book seat', subjectId: body.patientId, ask });
};

/** One of what may become of a session, with everyone in it. */
const onGroup =
  (kind: string, askFor: (turn: Turn, id: string, version: number) => Ask): Move =>
  async (turn) => {
    const found = await openGroup(turn);
    if (!found) return planGroup(turn);
    const { sessionId, version } = found.session;
    const ask = askFor(turn, sessionId, seen(turn, version));
    await write(turn, { kind, subjectId: sessionId, ask });
    for (const { visitId } of found.members) await learn(turn, visitId);
  };

const moveGroup = onGroup('move group', ({ desk, random, board }, id, version) => {
  const { lee, okoye, nurses } = board.plan;
  const body = {
    version,
    ...(random.chance(0.8) ? { startsAt: startOf(random) } : { minutes: random.pick([30, 45, 60]) }),
    ...(random.chance(0.4) ? { physicianId: random.pick([lee, okoye, nurses]) } : {}),
  };
  return (key) => desk.ask(groups.moveSession, { params: { id }, body }, { key });
});

const undoGroupMove = onGroup('undo group move', ({ desk }, id, version) => {
  return (key) => desk.ask(groups.undoMoveSession, { params: { id }, body: { version } }, { key });
});

const resizeGroup = onGroup('resize group', ({ desk, random }, id, version) => {
  const body = { version, capacity: random.pick([2, 3, 4]) };
  return (key) => desk.ask(groups.changeCapacity, { params: { id }, body }, { key });
});

const cancelGroup = onGroup('cancel group', ({ desk }, id, version) => {
  const body = { version, reason: 'physician-away' as const };
  return (key) => desk.ask(groups.cancelSession, { params: { id }, body }, { key });
});

const undoGroupCancel = onGroup('undo group', ({ desk }, id, version) => {
  return (key) => desk.ask(groups.undoCancelSession, { params: { id }, body: { version } }, { key });
});

/** Onto the desk's own pinboard: the visit keeps its place, and no other version. */
const pin: Move = async (turn) => {
  const { random, desk, board } = turn;
  const booked = [...board.visits.values()].filter((one) => one.state === 'booked');
  if (booked.length === 0) return;
  const { visitId } = random.pick(booked);
  const ask: Ask = async (key) => {
    const answer = await desk.ask(pinboard.pinVisit, { params: { id: visitId } }, { key });
    const { visit: _asItStands, ...body } = answer.body;
    return { ...answer, body };
  };
  await write(turn, { kind: 'pin', subjectId: visitId, ask });
};

/** From the pinboard to where it is put down; then it is on it no more. */
const movePinned: Move = async (turn) => {
  const { random, desk, board } = turn;
  const { status, body: own } = await desk.ask(pinboard.listPins);
  if (status !== 200 || own.pins.length === 0) return pin(turn);
  const { visit } = random.pick(own.pins);
  const params = { id: visit.visitId };
  if (random.chance(0.2)) {
    const ask = (key: string) => desk.ask(pinboard.unpinVisit, { params }, { key });
    await write(turn, { kind: 'unpin', subjectId: visit.visitId, ask });
    return;
  }
  const body = { version: visit.version, startsAt: startOf(random), ...override(random) };
  const ask = (key: string) => desk.ask(visits.moveVisit, { params, body }, { key });
  const moved = await write(turn, { kind: 'move', subjectId: visit.visitId, saw: visit.version, ask });
  if (moved.status !== 200) return;
  const { pins } = await desk.do(pinboard.listPins);
  const shown = pins.find((one) => one.visit.visitId === visit.visitId)?.visit;
  // Unless someone has brought it back meanwhile
  if (shown && shown.version === moved.body.visit?.version && body.startsAt !== visit.startsAt)
    board.complaints.push(`visit ${visit.visitId} was put down and is on the pinboard still`);
};

/** How often, beside what is done to single visits. */
export const manyMoves: readonly (readonly [number, Move])[] = [
  [7, bookSeries],
  [8, editSeries],
  [5, undoSeries],
  [4, settleOwed],
  [4, planGroup],
  [10, bookSeat],
  [7, moveGroup],
  [4, undoGroupMove],
  [4, resizeGroup],
  [3, cancelGroup],
  [3, undoGroupCancel],
  [4, pin],
  [5, movePinned],
];
