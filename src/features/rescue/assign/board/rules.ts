import { mergePairs, overlaps, union } from '../../../../platform/calendar/intervals.ts';
import type { CountedVisit } from '../../../schedule/booking-rules/rules.ts';
import type { Site } from '../../../schedule/hours/rules.ts';
import { type Book, freeLane, type Length, openBooks } from '../../../schedule/openings/lanes/rules.ts';
import { pickResources, type Search } from '../../../schedule/openings/search/rules.ts';
import type { BusyInterval, OpeningsResource } from '../../../schedule/openings/wish/rules.ts';

/** What is taken while a day is being rescued: what stands, and what was proposed so far. Pure; instants are epoch ms. */

export type Taken = BusyInterval;
/** A place found for a visit: the physician first, then one resource for each need. */
export type Place = {
  startMs: number;
  endMs: number;
  site: Site;
  physicianId: string;
  resourceIds: string[];
  /** With the lanes, buffers included. */
  taken: readonly Taken[];
};

export type Board = {
  /** The visit stands there from now on. */
  put(visit: Seated, place: Place): void;
  /** Its time is free again. */
  lift(visitId: string): void;
  placeOf(visitId: string): Place | undefined;
  /** The visits that would be in the way at this place of a physician. */
  standingAt(physicianId: string, fromMs: number, toMs: number): string[];
  /** Whether nobody else stands on these resources then. */
  isFree(taken: readonly Taken[]): boolean;
  isPatientBusy(patientId: string, fromMs: number, toMs: number): boolean;
  /** What the rules of booking count of it. */
  counted(): CountedVisit[];
  /** The search with the times of this board. */
  over(search: Search): Search;
};
export type Seated = { visitId: string; patientId: string; visitTypeId: string; isNew: boolean };

type On = { visit: Seated; place: Place };

export function openBoard(resources: readonly OpeningsResource[], busy: readonly BusyInterval[]): Board {
  const on = new Map<string, On>();
  const lanes = openLanes(resources, busy, on);
  const over = new Map<Search, Search>();
  return {
    put(visit, place) {
      on.set(visit.visitId, { visit, place });
      lanes.changed(place);
    },
    lift(visitId) {
      const was = on.get(visitId);
      on.delete(visitId);
      if (was) lanes.changed(was.place);
    },
    placeOf: (visitId) => on.get(visitId)?.place,
    standingAt: (physicianId, fromMs, toMs) =>
      [...on.values()].flatMap(({ visit, place }) =>
        place.taken.some((one) => one.resourceId === physicianId && one.startMs < toMs && one.endMs > fromMs)
          ? visit.visitId
          : [],
      ),
    isFree: (taken) =>
      taken.every(({ resourceId, lane, startMs, endMs }) => {
        const own = lanes.of(resourceId)[lane];
        return own !== undefined && !overlaps(own, startMs, endMs);
      }),
    isPatientBusy: (patientId, fromMs, toMs) =>
      [...on.values()].some(
        ({ visit, place }) => visit.patientId === patientId && place.startMs < toMs && place.endMs > fromMs,
      ),
    counted: () =>
      [...on.values()].map(({ visit, place }) => ({
        ...{ physicianId: place.physicianId, visitTypeId: visit.visitTypeId, isNew: visit.isNew },
        startMs: place.startMs,
      })),
    over(search) {
      const known = over.get(search);
      if (known) return known;
      const books = new Map<string, Book>();
      const bookOf = (id: string) => {
        const book = search.bookOf(id);
        const current = lanes.of(id);
        const made = books.get(id);
        if (!book || made?.lanes === current) return made ?? null;
        books.set(id, { ...book, lanes: current });
        return books.get(id) ?? null;
      };
      const live: Search = { ...search, bookOf };
      over.set(search, live);
      return live;
    },
  };
}

/** The lanes of every resource with what was put on the board; made anew only where something changed. */
function openLanes(
  resources: readonly OpeningsResource[],
  busy: readonly BusyInterval[],
  on: ReadonlyMap<string, On>,
) {
  const standing = openBooks({ resources: [...resources], available: [], busy: [...busy] });
  const known = new Map<string, Book['lanes']>();
  const lanesOf = (id: string): Book['lanes'] => {
    const lanes = known.get(id);
    if (lanes) return lanes;
    const book = standing(id);
    const added = [...on.values()].flatMap(({ place }) => place.taken.filter((one) => one.resourceId === id));
    const made = book ? withAdded(book, added, busy) : [];
    known.set(id, made);
    return made;
  };
  return {
    changed({ taken }: Place) {
      for (const one of taken) known.delete(one.resourceId);
    },
    of: lanesOf,
  };
}

function withAdded(book: Book, added: Taken[], busy: readonly BusyInterval[]): Book['lanes'] {
  if (added.length === 0) return book.lanes;
  const { resource } = book;
  if (resource.capacity === 1) return book.lanes.map((lane) => union(lane, mergePairs(added)));
  const own = busy.filter((one) => one.resourceId === resource.id);
  const made = openBooks({ resources: [resource], available: [], busy: [...own, ...added] })(resource.id);
  return made?.lanes ?? book.lanes;
}

export type Wanted = { startMs: number; leadId: string; site: Site; length: Length };

/** The place of a visit at this start, if its physician and one resource for each need are free. */
export function placeAt(board: Board, search: Search, wanted: Wanted): Place | null {
  const { startMs, leadId, site, length } = wanted;
  const live = board.over(search);
  const lead = live.bookOf(leadId);
  if (!lead || freeLane(lead, startMs, length) < 0) return null;
  const picks = pickResources(live, { lead, site, startMs, length });
  if (!picks) return null;
  const [fromMs, toMs] = [startMs - length.beforeMs, startMs + length.visitMs + length.afterMs];
  return {
    ...{ startMs, site, physicianId: leadId, endMs: startMs + length.visitMs },
    resourceIds: picks.map((one) => one.book.resource.id),
    taken: picks.map((one) => ({
      ...{ resourceId: one.book.resource.id, lane: one.lane },
      ...{ startMs: fromMs, endMs: toMs },
    })),
  };
}

/** Whether any of these stretches, as pairs in order, meets the time. */
export function meets(stretches: readonly number[], fromMs: number, toMs: number): boolean {
  return overlaps(stretches, fromMs, toMs);
}
