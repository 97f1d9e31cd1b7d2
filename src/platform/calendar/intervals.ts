/**
 * Sets of points on a line as flat, sorted, disjoint lists of closed intervals: [from, to, from, to, …].
 * Flat numbers, because the slot search goes through tens of thousands of them for one answer.
 */
export type Intervals = readonly number[];

/** Sorts and merges pairs; touching ones become one. */
export function mergePairs(pairs: { startMs: number; endMs: number }[]): number[] {
  let sorted = true;
  for (let i = 1; i < pairs.length && sorted; i++)
    sorted = (pairs[i - 1]?.startMs ?? 0) <= (pairs[i]?.startMs ?? 0);
  const ordered = sorted ? pairs : [...pairs].sort((a, b) => a.startMs - b.startMs);
  const merged: number[] = [];
  for (const { startMs, endMs } of ordered) push(merged, startMs, endMs);
  return merged;
}

function push(list: number[], from: number, to: number): void {
  const last = list.length - 1;
  const lastTo = list[last];
  if (lastTo !== undefined && from <= lastTo) {
    if (to > lastTo) list[last] = to;
  } else {
    list.push(from, to);
  }
}

/** What is in either set. */
export function union(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const takeA = j >= b.length || (i < a.length && (a[i] ?? 0) <= (b[j] ?? 0));
    const list = takeA ? a : b;
    const at = takeA ? i : j;
    push(result, list[at] ?? 0, list[at + 1] ?? 0);
    if (takeA) i += 2;
    else j += 2;
  }
  return result;
}

/** What is in both sets. */
export function intersect(a: Intervals, b: Intervals): Intervals {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const aTo = a[i + 1] ?? 0;
    const bTo = b[j + 1] ?? 0;
    const from = Math.max(a[i] ?? 0, b[j] ?? 0);
    const to = Math.min(aTo, bTo);
    if (from <= to) result.push(from, to);
    if (aTo < bTo) i += 2;
    else j += 2;
  }
  return result;
}

/** Index of the first pair that ends after `at` (list.length when none does). */
export function firstEndingAfter(list: Intervals, at: number): number {
  let low = 0;
  let high = list.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle * 2 + 1] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

/** Whether any pair overlaps the half-open [from, to); pairs that only touch it do not. */
export function overlaps(list: Intervals, from: number, to: number): boolean {
  const at = firstEndingAfter(list, from);
  return at < list.length && (list[at] ?? 0) < to;
}

/** What is left of pairs [from, to) once others are taken away; nothing of length zero stays. */
export function subtract(from: Intervals, taken: Intervals): number[] {
  const result: number[] = [];
  for (let i = 0; i < from.length; i += 2) {
    let start = from[i] ?? 0;
    const end = from[i + 1] ?? 0;
    for (let j = firstEndingAfter(taken, start); j < taken.length && (taken[j] ?? 0) < end; j += 2) {
      if ((taken[j] ?? 0) > start) result.push(start, taken[j] ?? 0);
      start = Math.max(start, taken[j + 1] ?? 0);
    }
    if (start < end) result.push(start, end);
  }
  return result;
}
