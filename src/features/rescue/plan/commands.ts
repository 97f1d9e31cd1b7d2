import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound } from '../../../platform/refusal.ts';
import {
  holdMany,
  keepMany,
  type ManyWanted,
  manyMinutes,
  releaseMany,
} from '../../schedule/holds/many/commands.ts';
import type { Board, Place } from '../assign/board/rules.ts';
import { costOf, delayMinutes, listCandidates, placeFor, type Stranded } from '../assign/candidates/rules.ts';
import { assign } from '../assign/rules.ts';
import { shiftSession } from '../late/rules.ts';
import { moveWords } from '../rules.ts';
import type { Affected, AnotherAsked, Proposal, RescueAsked, RescuePlan } from '../schema.ts';
import { type PlanFacts, readPlanFacts } from './facts/queries.ts';

const minuteMs = 60_000;

type Found = { visit: Stranded; place: Place; shift: boolean };

type Made = { read: PlanFacts; placed: Placed; holdIds: Map<string, string> };
/** Desks that plan at one moment see the same openings; who holds them later looks again. */
const mostLooks = 3;

async function placeAndHold(tx: Tx, asked: RescueAsked): Promise<Made> {
  for (let look = 1; ; look += 1) {
    await releaseMany(tx);
    const read = await readPlanFacts(tx.db, asked, { now: tx.now, accountId: tx.actor.accountId });
    const placed = asked.when === 'late' ? placeLate(read) : placeAll(read);
    const holdIds = await hold(tx, placed.found);
    const isHeld = [...placed.found.values()].every((one) => one.shift || holdIds.has(one.visit.visitId));
    if (isHeld || look === mostLooks || !tx.actor.accountId) return { read, placed, holdIds };
  }
}

/** Everyone affected and a place for each, no place twice; what is proposed is held for this desk. */
export async function planRescue(tx: Tx, asked: RescueAsked): Promise<RescuePlan> {
  const { read, placed, holdIds } = await placeAndHold(tx, asked);
  const { found, people, window } = placed;
  const proposals = people.map((person) => {
    const one = found.get(person.visitId);
    return one ? toProposal(read, one, holdIds.get(person.visitId) ?? null) : unplaced(person);
  });
  tx.audit({
    action: 'rescue.planned',
    subjectKind: 'patient',
    subjectIds: [...new Set(people.map((one) => one.patientId))],
    after: { physicianId: asked.physicianId, ...window, people: people.length },
  });
  const delays = [...found.values()].map(({ visit, place }) => delayMinutes(visit, place.startMs));
  return {
    ...{ physicianId: asked.physicianId, physicianName: read.physicianName },
    kind: asked.when === 'late' ? 'late' : 'out',
    ...{ fromAt: new Date(window.fromMs).toISOString(), toAt: new Date(window.toMs).toISOString() },
    ...{ timeZone: read.timeZone, label: read.window.label, absenceId: read.absence?.absenceId ?? null },
    ...{ closes: !read.absence?.closesHours, people, proposals },
    unplaced: proposals.filter((one) => one.choice === 'call').length,
    meanDelayMinutes: delays.length > 0 ? delays.reduce((sum, one) => sum + one, 0) / delays.length : 0,
    heldUntil: holdIds.size > 0 ? heldUntil(tx) : null,
  };
}

const heldUntil = (tx: Tx) => new Date(tx.now.getTime() + manyMinutes * minuteMs).toISOString();

export async function keepPlaces(tx: Tx): Promise<string | null> {
  return (await keepMany(tx))?.toISOString() ?? null;
}

type Placed = { found: Map<string, Found>; people: Affected[]; window: { fromMs: number; toMs: number } };

function placeAll({ stranded, open, people, window }: PlanFacts): Placed {
  const { places } = assign(stranded, open);
  const found = new Map<string, Found>();
  for (const visit of stranded) {
    const place = places.get(visit.visitId);
    if (place) found.set(visit.visitId, { visit, place, shift: false });
  }
  return { found, people, window };
}

/**
 * The delay counts from the next visit that has not begun; those that a gap spares are not affected, and who waits
 * here already is told.
 */
function placeLate({ stranded, open, people, window }: PlanFacts): Placed {
  const coming = stranded.filter((one) => one.startMs >= window.fromMs).map((one) => one.startMs);
  const beginsMs = coming.length > 0 ? Math.min(...coming) : window.fromMs;
  const readyMs = beginsMs + (window.toMs - window.fromMs);
  const board = open();
  const { shifted, stays, left } = shiftSession(stranded, readyMs, board);
  const found = new Map<string, Found>(
    shifted.map(({ visit, place }) => [visit.visitId, { visit, place, shift: true }]),
  );
  const { places } = assign(left, () => beside(open(), [...shifted, ...stays.map(standingOf)]));
  for (const visit of left) {
    const place = places.get(visit.visitId);
    if (place) found.set(visit.visitId, { visit, place, shift: false });
  }
  const spared = new Set(stays.map((one) => one.visitId));
  const waiting = (one: Affected) => one.state !== 'booked' && Date.parse(one.startsAt) < readyMs;
  return {
    found,
    people: people.filter((one) => (one.state === 'booked' ? !spared.has(one.visitId) : waiting(one))),
    window: { fromMs: beginsMs, toMs: readyMs },
  };
}

function standingOf(visit: Stranded): { visit: Stranded; place: Place } {
  const { startMs, endMs, physicianId, taken, search, siteId } = visit;
  const site = search.input.sites.find((one) => one.id === siteId) ?? {
    ...{ id: siteId, name: '', timeZone: visit.timeZone },
  };
  return {
    visit,
    place: { startMs, endMs, site, physicianId, taken, resourceIds: taken.map((one) => one.resourceId) },
  };
}

function beside(board: Board, seated: readonly { visit: Stranded; place: Place }[]): Board {
  for (const { visit, place } of seated) board.put(visit, place);
  return board;
}

function wantedOf({ visit, place }: Found): ManyWanted {
  const { startMs, endMs, site, physicianId, taken } = place;
  const { visitTypeId } = visit;
  return { visitTypeId, siteId: site.id, timeZone: site.timeZone, physicianId, startMs, endMs, taken };
}

/** A visit that only moves on in its session stands in the way of its own hold, and needs none. */
async function hold(tx: Tx, found: ReadonlyMap<string, Found>): Promise<Map<string, string>> {
  const held = [...found.values()].filter((one) => !one.shift);
  const ids = await holdMany(tx, held.map(wantedOf));
  return new Map(held.flatMap(({ visit }, index) => (ids[index] ? [[visit.visitId, ids[index]]] : [])));
}

function toProposal(read: PlanFacts, { visit, place, shift }: Found, holdId: string | null): Proposal {
  const nameOf = (id: string) => read.facts.resources.find((one) => one.resourceId === id)?.name ?? '';
  const others = place.resourceIds.filter((id) => id !== place.physicianId);
  const other = place.physicianId === visit.physicianId ? '' : nameOf(place.physicianId);
  return {
    ...{ visitId: visit.visitId, choice: 'move', holdId, shift },
    ...{ startsAt: new Date(place.startMs).toISOString(), endsAt: new Date(place.endMs).toISOString() },
    ...{ siteId: place.site.id, siteName: place.site.name, timeZone: place.site.timeZone },
    ...{ physicianId: place.physicianId, physicianName: nameOf(place.physicianId) },
    ...{ resourceIds: others, resourceNames: others.map(nameOf) },
    text: moveWords({
      ...{ fromMs: visit.startMs, toMs: place.startMs, timeZone: place.site.timeZone },
      otherPhysician: other,
    }),
  };
}

const whyCall = (person: Affected) => {
  if (person.state !== 'booked') return 'is here: speak with them now';
  return person.reasons.some((one) => one.kind === 'group')
    ? 'a seat in a group: cancel it, or call'
    : 'no opening that fits: call them';
};

function unplaced(person: Affected, text: string = whyCall(person)): Proposal {
  return {
    ...{ visitId: person.visitId, choice: 'call', startsAt: null, endsAt: null, siteId: null, siteName: '' },
    timeZone: person.timeZone,
    ...{
      physicianId: null,
      physicianName: '',
      resourceIds: [],
      resourceNames: [],
      holdId: null,
      shift: false,
    },
    text,
  };
}

/** One place more for one of them, beside what the others have; the hold goes along. */
export async function findAnother(
  tx: Tx,
  asked: AnotherAsked,
): Promise<{ proposal: Proposal; heldUntil: string | null }> {
  if (asked.releases) await releaseMany(tx, asked.releases);
  const window = { fromMs: Date.parse(asked.fromAt), toMs: Date.parse(asked.toAt) };
  // What it holds for the others is taken
  const read = await readPlanFacts(tx.db, asked, { now: tx.now, accountId: null, window });
  const person = read.people.find((one) => one.visitId === asked.visitId);
  const visit = read.stranded.find((one) => one.visitId === asked.visitId);
  if (!person || !visit) throw notFound('visit');
  const board = withTaken(read, asked);
  const place = nextPlace(visit, board, asked);
  if (!place) return { proposal: unplaced(person, 'no other opening that fits'), heldUntil: null };
  const found = { visit, place, shift: false };
  const ids = await hold(tx, new Map([[visit.visitId, found]]));
  return { proposal: toProposal(read, found, ids.get(visit.visitId) ?? null), heldUntil: heldUntil(tx) };
}

function withTaken(read: PlanFacts, { taken, visitId }: AnotherAsked): Board {
  const board = read.open();
  for (const one of taken) {
    const visit = read.stranded.find((other) => other.visitId === one.visitId);
    const site = read.facts.sites.find((other) => other.id === one.siteId);
    if (!visit || !site || one.visitId === visitId) continue;
    const startMs = Date.parse(one.startsAt);
    const endMs = startMs + (visit.endMs - visit.startMs);
    const ids = [one.physicianId, ...one.resourceIds];
    board.put(visit, {
      ...{ startMs, endMs, site, physicianId: one.physicianId, resourceIds: ids },
      taken: ids.map((resourceId) => ({ resourceId, lane: 0, startMs, endMs })),
    });
  }
  return board;
}

function nextPlace(visit: Stranded, board: Board, asked: AnotherAsked): Place | null {
  const had = asked.not.at(-1)?.physicianId;
  const seen = new Set(asked.not.map((one) => `${Date.parse(one.startsAt)} ${one.physicianId}`));
  const candidates = listCandidates(visit.search, { atLeast: 400 })
    .filter((at) => !seen.has(`${at.startMs} ${at.leadId}`))
    .filter((at) => !asked.otherPhysician || at.leadId !== had)
    .map((at) => ({ at, cost: costOf(visit, at) }))
    .sort((a, b) => a.cost - b.cost || a.at.startMs - b.at.startMs);
  for (const { at } of candidates) {
    const place = placeFor(board, visit, at);
    if (place) return place;
  }
  return null;
}
