import { lengthWith } from '../../schedule/openings/search/rules.ts';
import type { Board, Place } from './board/rules.ts';
import {
  type Candidate,
  costOf,
  delayMinutes,
  listCandidates,
  placeFor,
  type Stranded,
} from './candidates/rules.ts';

/**
 * New places for everyone who lost theirs, no place twice. It begins with what a careful desk would do, one after the
 * other by urgency, each the first opening; then exchanges, and keeps an exchange only where it makes the whole better.
 * So a proposal is never worse than first-fit. Pure, and the same answer for the same facts.
 */

/** Fewer without a place first; then the less weighted delay. */
export type Cost = { unplaced: number; weighted: number };
export type Assignment = { places: ReadonlyMap<string, Place>; cost: Cost; meanDelayMinutes: number };

/** Exchanges that are tried at most, so that the answer comes in time whatever the day. */
const mostTries = 6000;
/** Cheaper places of a visit that are looked at for an exchange. */
const mostWishes = 40;

type Ranked = { at: Candidate; cost: number };
/** The places of a visit: in the order of time, and cheapest first. */
type Places = { early: readonly Ranked[]; cheap: readonly Ranked[] };
type Desk = {
  board: Board;
  visits: readonly Stranded[];
  places: ReadonlyMap<string, Places>;
  costs: Map<string, number>;
  tries: number;
};

/** Without a place it costs more than any place there is, and more for whom it is urgent. */
const unplacedCost = (visit: Stranded) => 1e9 * visit.weight;
/** What it counts as in the comparison of two answers with as many left over. */
const unplacedMinutes = 60 * 1440;

export function isBetter(one: Cost, other: Cost): boolean {
  if (one.unplaced !== other.unplaced) return one.unplaced < other.unplaced;
  return one.weighted < other.weighted - 1e-6;
}

/**
 * @param visits by urgency, the most urgent first
 * @param open a board with what stands and nothing else
 */
export function assign(visits: readonly Stranded[], open: () => Board): Assignment {
  const places = listPlaces(visits);
  const first = resultOf(improve(fill(visits, places, { board: open(), by: 'early' })));
  const second = resultOf(improve(fill(visits, places, { board: open(), by: 'cheap' })));
  return isBetter(second.cost, first.cost) ? second : first;
}

/** What a desk does by hand: by urgency, each the first opening that there still is. What the bench measures against. */
export function firstFit(visits: readonly Stranded[], open: () => Board): Assignment {
  return resultOf(fill(visits, listPlaces(visits), { board: open(), by: 'early' }));
}

/** Visits of one search share its openings; what each costs is the visit's own. */
function listPlaces(visits: readonly Stranded[]): Desk['places'] {
  const bySearch = new Map<Stranded['search'], Candidate[]>();
  const atLeast = 60 + 6 * visits.length;
  return new Map(
    visits.map((visit) => {
      const candidates = bySearch.get(visit.search) ?? listCandidates(visit.search, { atLeast });
      bySearch.set(visit.search, candidates);
      const early = candidates.map((at) => ({ at, cost: costOf(visit, at) }));
      const cheap = [...early].sort((a, b) => a.cost - b.cost || a.at.startMs - b.at.startMs);
      return [visit.visitId, { early, cheap }];
    }),
  );
}

type Filling = { board: Board; by: keyof Places };

function fill(visits: readonly Stranded[], places: Desk['places'], { board, by }: Filling): Desk {
  const desk: Desk = { board, visits, places, costs: new Map(), tries: 0 };
  for (const visit of visits) seatFirst(desk, visit, placesOf(desk, visit)[by]);
  return desk;
}

const none: Places = { early: [], cheap: [] };
const placesOf = (desk: Desk, visit: Stranded) => desk.places.get(visit.visitId) ?? none;

/** The first of these that is free. */
function seatFirst(desk: Desk, visit: Stranded, places: readonly Ranked[], below = Infinity): boolean {
  for (const { at, cost } of places) {
    if (cost >= below) continue;
    const place = placeFor(desk.board, visit, at);
    if (!place) continue;
    seat(desk, visit, place, cost);
    return true;
  }
  desk.costs.set(visit.visitId, unplacedCost(visit));
  return false;
}

function seat(desk: Desk, visit: Stranded, place: Place, cost: number): void {
  desk.board.put(visit, place);
  desk.costs.set(visit.visitId, cost);
}

const costAt = (desk: Desk, visit: Stranded) => desk.costs.get(visit.visitId) ?? unplacedCost(visit);

/** Go through everyone as long as anything gets better, those without a place and the dearest first. */
function improve(desk: Desk): Desk {
  for (let better = true; better && desk.tries < mostTries; ) {
    better = false;
    const order = [...desk.visits].sort((a, b) => costAt(desk, b) - costAt(desk, a));
    for (const visit of order) {
      if (moveAlone(desk, visit) || exchange(desk, visit)) better = true;
    }
  }
  return desk;
}

function lifted(desk: Desk, visit: Stranded): { place: Place | undefined; cost: number } {
  const was = { place: desk.board.placeOf(visit.visitId), cost: costAt(desk, visit) };
  desk.board.lift(visit.visitId);
  return was;
}

function putBack(desk: Desk, visit: Stranded, was: ReturnType<typeof lifted>): void {
  if (was.place) seat(desk, visit, was.place, was.cost);
  else desk.costs.set(visit.visitId, was.cost);
}

/** A cheaper place that is free by now. */
function moveAlone(desk: Desk, visit: Stranded): boolean {
  const was = lifted(desk, visit);
  if (seatFirst(desk, visit, placesOf(desk, visit).cheap, was.cost - 1e-6)) return true;
  putBack(desk, visit, was);
  return false;
}

/** A cheaper place that another has, where both together are better off once that one moves on. */
function exchange(desk: Desk, visit: Stranded): boolean {
  const mine = costAt(desk, visit);
  const wishes = placesOf(desk, visit)
    .cheap.filter((one) => one.cost < mine)
    .slice(0, mostWishes);
  for (const wish of wishes) {
    for (const other of inTheWay(desk, visit, wish.at)) {
      if (++desk.tries > mostTries) return false;
      if (trade(desk, visit, wish, other)) return true;
    }
  }
  return false;
}

/** Who stands there; where only a room or a device is lacking, whoever has time with another physician then. */
function inTheWay(desk: Desk, visit: Stranded, at: Candidate): Stranded[] {
  const length = lengthWith(visit.search, at.leadId);
  const [fromMs, toMs] = [at.startMs - length.beforeMs, at.startMs + length.visitMs + length.afterMs];
  const ids = desk.board.standingAt(at.leadId, fromMs, toMs).filter((id) => id !== visit.visitId);
  if (ids.length > 1) return [];
  if (ids.length === 1) return desk.visits.filter((one) => one.visitId === ids[0]);
  return desk.visits.filter((one) => {
    const place = one === visit ? undefined : desk.board.placeOf(one.visitId);
    return place?.taken.some((taken) => taken.startMs < toMs && taken.endMs > fromMs);
  });
}

function trade(desk: Desk, visit: Stranded, wish: Ranked, other: Stranded): boolean {
  const [mine, theirs] = [lifted(desk, visit), lifted(desk, other)];
  const before = mine.cost + theirs.cost;
  const place = placeFor(desk.board, visit, wish.at);
  if (place) {
    seat(desk, visit, place, wish.cost);
    const room = before - wish.cost - 1e-6;
    if (seatFirst(desk, other, placesOf(desk, other).cheap, room)) return true;
    // The urgent one had none: then rather the other is left over
    if (unplacedCost(other) < room) return true;
    desk.board.lift(visit.visitId);
  }
  putBack(desk, other, theirs);
  putBack(desk, visit, mine);
  return false;
}

function resultOf(desk: Desk): Assignment {
  const places = new Map<string, Place>();
  const cost: Cost = { unplaced: 0, weighted: 0 };
  let delay = 0;
  for (const visit of desk.visits) {
    const place = desk.board.placeOf(visit.visitId);
    if (place) {
      places.set(visit.visitId, place);
      cost.weighted += costAt(desk, visit);
      delay += delayMinutes(visit, place.startMs);
    } else {
      cost.unplaced += 1;
      cost.weighted += visit.weight * unplacedMinutes;
    }
  }
  return { places, cost, meanDelayMinutes: places.size > 0 ? delay / places.size : 0 };
}
