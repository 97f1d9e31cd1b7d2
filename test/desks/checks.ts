import { groupBy } from '../../src/platform/calendar/group-by.ts';
import type { Facts, PatientRow, PlaceRow, VisitRow } from './facts.ts';
import type { Board, Write } from './play.ts';
import { tell } from './replay.ts';

/** What must be true of the database after any play. Each answers complaints: ids and kinds only. */

const released = new Set(['cancelled', 'no_show', 'entered_in_error']);

const bookings = new Set(['book', 'walk in', 'book place', 'book seat']);
const isBooking = ({ kind }: Pick<Write, 'kind'>) => bookings.has(kind);

/** Every acknowledged booking is there once, and nothing else. */
export function checkBookings({ visits }: Facts, { writes, along }: Board): string[] {
  const single = writes.filter((one) => isBooking(one) && one.status === 200).map((one) => one.subjectId);
  const booked = [...single, ...along.map((one) => one.visitId)];
  const there = new Set(visits.map((one) => one.visitId));
  const asked = new Set(booked);
  return [
    ...(asked.size === booked.length ? [] : ['two bookings were answered with one visit']),
    ...booked.filter((id) => !there.has(id)).map((id) => `visit ${id} is lost`),
    ...[...there].filter((id) => !asked.has(id)).map((id) => `visit ${id} was never acknowledged`),
  ];
}

const isOver = (one: PlaceRow, other: PlaceRow) =>
  one.startsAt < other.endsAt && other.startsAt < one.endsAt && !one.released && !other.released;

const nameOf = ({ visitId, sessionId }: PlaceRow) => (visitId ? `visit ${visitId}` : `session ${sessionId}`);

/** Nothing is taken twice, and only a reason lets a visit stand on more than there is. */
export function checkPlaces({ places, resources, visits }: Facts): string[] {
  const complaints: string[] = [];
  const visitOf = new Map(visits.map((one) => [one.visitId, one]));
  const capacityOf = new Map(resources.map((one) => [one.resourceId, one.capacity]));
  for (const [i, one] of places.entries()) {
    for (const other of places.slice(i + 1))
      if (one.resourceId === other.resourceId && one.lane === other.lane && isOver(one, other))
        complaints.push(`${nameOf(one)} and ${nameOf(other)} overlap on one lane`);
    if (one.released || one.lane < (capacityOf.get(one.resourceId) ?? 0)) continue;
    if (one.lane < 100) complaints.push(`${nameOf(one)} stands on lane ${one.lane}, which is not there`);
    if (!visitOf.get(one.visitId ?? '')?.overrideReason)
      complaints.push(`${nameOf(one)} is overbooked without a reason`);
  }
  return complaints;
}

const minuteMs = 60_000;

/** A visit and what it occupies say the same. */
export function checkTimes({ visits, places, visitTypes, resources }: Facts): string[] {
  const kindOf = new Map(resources.map((one) => [one.resourceId, one.kind]));
  return visits.flatMap((visit) => {
    if (visit.sessionId) return [];
    const own = places.filter((one) => one.visitId === visit.visitId);
    const type = visitTypes.find((one) => one.visitTypeId === visit.visitTypeId);
    const from = Date.parse(visit.startsAt) - (type?.bufferBeforeMinutes ?? 0) * minuteMs;
    const to = Date.parse(visit.endsAt) + (type?.bufferAfterMinutes ?? 0) * minuteMs;
    const physicians = own.filter((one) => kindOf.get(one.resourceId) === 'physician');
    const say = (what: string) => `visit ${visit.visitId}: ${what}`;
    return [
      ...(physicians.length === 1 && physicians[0]?.resourceId === visit.physicianId
        ? []
        : [say('does not occupy its physician alone')]),
      ...own
        .filter((one) => Date.parse(one.startsAt) !== from || Date.parse(one.endsAt) !== to)
        .map(() => say('occupies another time than its own')),
      ...own
        .filter((one) => one.released !== released.has(visit.state))
        .map(() => say(`is ${visit.state} and its time says otherwise`)),
    ];
  });
}

/** Who has a seat is where the session is, on a seat of their own; the session has its time, and no more seats. */
export function checkGroups({ visits, sessions, places, visitTypes }: Facts): string[] {
  return sessions.flatMap((session) => {
    const { sessionId, physicianId, startsAt, endsAt, capacity, seats, cancelled } = session;
    const say = (what: string) => `session ${sessionId}: ${what}`;
    const members = visits.filter((one) => one.sessionId === sessionId && !released.has(one.state));
    const own = places.filter((one) => one.sessionId === sessionId);
    const type = visitTypes.find((one) => one.visitTypeId === session.visitTypeId);
    const from = Date.parse(startsAt) - (type?.bufferBeforeMinutes ?? 0) * minuteMs;
    const to = Date.parse(endsAt) + (type?.bufferAfterMinutes ?? 0) * minuteMs;
    const isElsewhere = (one: VisitRow) =>
      one.startsAt !== startsAt || one.endsAt !== endsAt || one.physicianId !== physicianId;
    return [
      ...(seats === capacity ? [] : [say(`${seats} seats of ${capacity}`)]),
      ...(members.length <= capacity ? [] : [say(`${members.length} on ${capacity} seats`)]),
      ...(new Set(members.map((one) => one.seatNo)).size === members.length ? [] : [say('two on a seat')]),
      ...(cancelled && members.some((one) => one.state === 'booked')
        ? [say('is cancelled, someone is not')]
        : []),
      ...members.filter(isElsewhere).map((one) => say(`visit ${one.visitId} stands elsewhere`)),
      ...(own.some((one) => one.resourceId === physicianId) ? [] : [say('does not occupy its physician')]),
      ...own
        .filter((one) => Date.parse(one.startsAt) !== from || Date.parse(one.endsAt) !== to)
        .map(() => say('occupies another time than its own')),
      ...own
        .filter((one) => one.released !== cancelled)
        .map(() => say('its time says otherwise than it does')),
    ];
  });
}

/** No place of a series is lost or doubled: it has its visit, or is owed, or given up. */
export function checkSeries({ visits, seriesPlaces }: Facts): string[] {
  const places = new Set(seriesPlaces.map((one) => `${one.seriesId} ${one.placeNo}`));
  const stray = visits.filter((one) => one.seriesId && !places.has(`${one.seriesId} ${one.seriesNo}`));
  const wrong = seriesPlaces.filter((place) => {
    const own = visits.filter((one) => one.seriesId === place.seriesId && one.seriesNo === place.placeNo);
    return own.length !== (place.state === 'booked' ? 1 : 0) || place.placeNo > place.planned;
  });
  return [
    ...stray.map((one) => `visit ${one.visitId} has no place in its series`),
    ...wrong.map(
      (one) => `place ${one.placeNo} of series ${one.seriesId} is ${one.state}, its visits are not so`,
    ),
  ];
}

const placesText = (places: readonly { resourceId: string; lane: number; startsAt: string }[] = []) =>
  places
    .map((one) => `${one.resourceId} ${one.lane} ${one.startsAt}`)
    .sort()
    .join();

/** Each history explains its visit, and every answer was what the visit was at that version. */
export function checkHistories(facts: Facts, { writes }: Board): string[] {
  const told = new Map(facts.visits.map((visit) => [visit.visitId, tell(visit, facts)]));
  const fields = ['state', 'startsAt', 'endsAt', 'physicianId', 'patientId', 'overrideReason'] as const;
  const answers = writes.flatMap(({ visit, kind }) => {
    if (!visit) return [];
    const then = told.get(visit.visitId)?.versions[visit.version - 1];
    const wrong: string[] = fields.filter((field) => then?.[field] !== visit[field]);
    if (placesText(then?.resources) !== placesText(visit.resources)) wrong.push('resources');
    return wrong.length === 0 ? [] : [`${kind} of visit ${visit.visitId} was answered with another ${wrong}`];
  });
  return [...[...told.values()].flatMap((one) => one.complaints), ...answers];
}

/** Two desks that saw one version never both changed it. */
export function checkVersions({ writes }: Board): string[] {
  const seen = new Set<string>();
  return writes.flatMap(({ visit, saw, kind }) => {
    if (!visit || visit.version === saw) return [];
    const key = `${visit.visitId} version ${visit.version}`;
    const complaints = seen.has(key) ? [`two writes made ${key}`] : [];
    seen.add(key);
    if (saw !== null && visit.version !== saw + 1) complaints.push(`${kind} skipped to ${key}`);
    return complaints;
  });
}

const actions: Record<string, string> = {
  book: 'visit.booked',
  'walk in': 'visit.booked',
  left: 'visit.left',
  move: 'visit.moved',
  resize: 'visit.moved',
  cancel: 'visit.cancelled',
  'no-show': 'visit.no-show',
  arrive: 'visit.arrived',
  room: 'visit.in-room',
  'with physician': 'visit.with-physician',
  'check out': 'visit.checked-out',
  reinstate: 'visit.reinstated',
  'enter in error': 'visit.entered-in-error',
  edit: 'visit.edited',
  undo: 'visit.undone',
  merge: 'patient.merged',
  'take apart': 'patient.taken-apart',
  'book series': 'series.booked',
  'move series': 'series.moved',
  'cancel series': 'series.cancelled',
  'undo series': 'series.undone',
  'give up': 'series.place-given-up',
  'book place': 'visit.booked',
  'plan group': 'group.planned',
  'book seat': 'visit.booked',
  'move group': 'group.moved',
  'undo group move': 'group.move-undone',
  'resize group': 'group.capacity-changed',
  'cancel group': 'group.cancelled',
  'undo group': 'group.undone',
  pin: 'visit.pinned',
  unpin: 'visit.unpinned',
};

/** Confirming what is confirmed changes nothing, and says nothing. */
const changedNothing = ({ visit, saw }: Write) => visit !== null && visit.version === saw;

/** The audit holds each acknowledged write once, and nothing of what was refused or repeated. */
export function checkAudit({ audit }: Facts, { writes, repeats }: Board): string[] {
  const of = groupBy(audit, (one) => one.requestId);
  const recordsOf = (ids: readonly string[]) => ids.flatMap((id) => of.get(id) ?? []);
  const complaints = writes.flatMap((write) => {
    const records = recordsOf(write.requestIds);
    if (write.status !== 200 || changedNothing(write))
      return records.map((one) => `${write.kind} was not done and the audit says ${one.action}`);
    const action = actions[write.kind];
    const matching = records.filter(
      (one) =>
        (action ? one.action === action : one.action.endsWith('confirmed')) &&
        one.subjectIds.includes(write.subjectId),
    );
    // Off the pinboard already, by a colleague or since it was moved
    if (write.kind === 'unpin' && matching.length === 0) return [];
    return matching.length === 1
      ? []
      : [`${write.kind} of ${write.subjectId} is in the audit ${matching.length} times`];
  });
  return [...complaints, ...recordsOf(repeats).map((one) => `a repeat is in the audit: ${one.action}`)];
}

/** The record that a person's record became part of, at the end of the chain. */
function livingOf(patients: readonly PatientRow[], patientId: string): PatientRow | undefined {
  let row = patients.find((one) => one.patientId === patientId);
  for (let hops = 0; row?.mergedInto && hops < patients.length; hops++) {
    const { mergedInto } = row;
    row = patients.find((one) => one.patientId === mergedInto);
  }
  return row?.mergedInto || row?.enteredInErrorAt ? undefined : row;
}

/** For whom each visit was booked, as the desks were answered. */
export function bookedFor({ writes, along }: Board): Map<string, string> {
  const booked = writes.flatMap((one) => (isBooking(one) && one.visit ? [one.visit] : []));
  return new Map([...booked, ...along].map(({ visitId, patientId }) => [visitId, patientId]));
}

/** Every visit is with the one living record that its person's record became part of. */
export function checkPeople({ visits, patients }: Facts, board: Board): string[] {
  const owner = bookedFor(board);
  return visits.flatMap((visit: VisitRow) => {
    const living = livingOf(patients, owner.get(visit.visitId) ?? '');
    return living?.patientId === visit.patientId
      ? []
      : [`visit ${visit.visitId} is with ${visit.patientId}, not ${living?.patientId}`];
  });
}
