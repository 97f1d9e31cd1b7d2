import { groupBy } from '../../../../platform/calendar/group-by.ts';
import {
  firstEndingAfter,
  type Intervals,
  intersect,
  mergePairs,
  overlaps,
  union,
} from '../../../../platform/calendar/intervals.ts';
import type { AvailableInterval } from '../../hours/rules.ts';
import type { KeptInterval } from '../../slot-codes/rules.ts';
import type { BusyInterval, OpeningsResource } from '../wish/rules.ts';

/** The occupied time of one resource, ready for many questions. */
export type Book = {
  resource: OpeningsResource;
  /** Hours by site, merged over midnight. */
  hoursAt: Map<string, Intervals>;
  /** Time kept for other visits, by site: a part for each code that releases it at a time of its own. */
  keptAt: Map<string, { times: Intervals; releasedToMs: number }[]>;
  /** Per ordinary lane: when it cannot take one more, because it is taken or the whole resource is full. */
  lanes: Intervals[];
};

/** Minutes as ms around and of a visit. */
export type Length = { visitMs: number; beforeMs: number; afterMs: number };

/** Opens the book of a resource when it is first asked for; null for a resource that is not there. */
export function openBooks(data: {
  resources: OpeningsResource[];
  available: AvailableInterval[];
  busy: BusyInterval[];
  kept?: KeptInterval[] | undefined;
}): (resourceId: string) => Book | null {
  const resourceOf = new Map(data.resources.map((resource) => [resource.id, resource]));
  const availableOf = groupBy(data.available, (one) => one.resourceId);
  const busyOf = groupBy(data.busy, (one) => one.resourceId);
  const keptOf = groupBy(data.kept ?? [], (one) => one.resourceId);
  const books = new Map<string, Book>();
  return (resourceId) => {
    const known = books.get(resourceId);
    if (known) return known;
    const resource = resourceOf.get(resourceId);
    if (!resource) return null;
    const hoursAt = new Map<string, Intervals>();
    for (const [siteId, own] of groupBy(availableOf.get(resourceId) ?? [], (one) => one.siteId)) {
      hoursAt.set(siteId, mergePairs(own));
    }
    const book = {
      ...{ resource, hoursAt, keptAt: keptBySite(keptOf.get(resourceId) ?? []) },
      lanes: listLanes(resource.capacity, busyOf.get(resourceId) ?? []),
    };
    books.set(resourceId, book);
    return book;
  };
}

function keptBySite(kept: readonly KeptInterval[]): Book['keptAt'] {
  const keptAt: Book['keptAt'] = new Map();
  for (const [siteId, own] of groupBy(kept, (one) => one.siteId)) {
    const parts = [...groupBy(own, (one) => String(one.releasedToMs)).values()];
    const part = (some: KeptInterval[]) => ({
      releasedToMs: some[0]?.releasedToMs ?? Number.NEGATIVE_INFINITY,
      times: mergePairs(some),
    });
    keptAt.set(siteId, parts.map(part));
  }
  return keptAt;
}

function listLanes(capacity: number, busy: BusyInterval[]): Intervals[] {
  if (capacity === 1) return [mergePairs(busy)];
  // An overbooking holds no ordinary lane, yet fills the resource as much as any visit
  const full = fullTimes(capacity, busy);
  return Array.from({ length: capacity }, (_, lane) => {
    return union(mergePairs(busy.filter((one) => one.lane === lane)), full);
  });
}

/** When as many visits run at once as the resource holds. */
function fullTimes(capacity: number, busy: BusyInterval[]): Intervals {
  const edges = busy.flatMap((one) => [
    { atMs: one.startMs, change: 1 },
    { atMs: one.endMs, change: -1 },
  ]);
  edges.sort((a, b) => a.atMs - b.atMs || a.change - b.change);
  const full: { startMs: number; endMs: number }[] = [];
  let running = 0;
  let since: number | null = null;
  for (const { atMs, change } of edges) {
    running += change;
    if (running >= capacity && since === null) since = atMs;
    if (running < capacity && since !== null) {
      full.push({ startMs: since, endMs: atMs });
      since = null;
    }
  }
  return mergePairs(full);
}

/**
 * When a visit may start at the site by hours alone. The visit lies inside the hours; its buffers need not
 * (setting up before the doors open is usual), but they do need free time.
 */
export function hoursStarts(book: Book, siteId: string, length: Length): Intervals {
  const hours = book.hoursAt.get(siteId) ?? [];
  const starts: number[] = [];
  for (let i = 0; i < hours.length; i += 2) {
    const last = (hours[i + 1] ?? 0) - length.visitMs;
    if ((hours[i] ?? 0) <= last) starts.push(hours[i] ?? 0, last);
  }
  return starts;
}

/** Of given starts by hours, those at which no slot code keeps any of the visit's time for others. */
export function openStarts(book: Book, siteId: string, length: Length, starts: Intervals): Intervals {
  const bare = { ...length, beforeMs: 0, afterMs: 0 };
  let open = starts;
  for (const { times, releasedToMs } of book.keptAt.get(siteId) ?? []) {
    const released = intersect(open, [Number.NEGATIVE_INFINITY, releasedToMs]);
    open = union(withoutBusy(open, times, bare), released);
  }
  return open;
}

/** Which of the given starts find a free lane. */
export function freeStarts(book: Book, starts: Intervals, length: Length): Intervals {
  let free: Intervals = [];
  for (const lane of book.lanes) free = union(free, withoutBusy(starts, lane, length));
  return free;
}

/** Starts whose visit, with its buffers, overlaps none of the busy times. */
export function withoutBusy(starts: Intervals, busy: Intervals, length: Length): Intervals {
  const free: number[] = [];
  const reachMs = length.visitMs + length.afterMs;
  for (let i = 0; i < starts.length; i += 2) {
    let from = starts[i] ?? 0;
    const to = starts[i + 1] ?? 0;
    for (let j = firstEndingAfter(busy, from - length.beforeMs); j < busy.length && from <= to; j += 2) {
      const lastBefore = (busy[j] ?? 0) - reachMs;
      if (lastBefore >= to) break;
      if (from <= lastBefore) free.push(from, lastBefore);
      from = Math.max(from, (busy[j + 1] ?? 0) + length.beforeMs);
    }
    if (from <= to) free.push(from, to);
  }
  return free;
}

/** The first lane free for a visit starting now, or -1. */
export function freeLane(book: Book, startMs: number, length: Length): number {
  const from = startMs - length.beforeMs;
  const to = startMs + length.visitMs + length.afterMs;
  return book.lanes.findIndex((lane) => !overlaps(lane, from, to));
}
