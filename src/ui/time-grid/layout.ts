/** How items that overlap in time share the width of their column. */

export type Span = { startMinutes: number; endMinutes: number; laneHint?: number };
export type Lane = { lane: number; lanes: number };

/** Earlier first, then the lower hint, then the longer: the order of eyes and of the arrow keys. */
export function inOrder(a: Span, b: Span): number {
  return (
    a.startMinutes - b.startMinutes ||
    (a.laneHint ?? 0) - (b.laneHint ?? 0) ||
    b.endMinutes - b.startMinutes - (a.endMinutes - a.startMinutes)
  );
}

/**
 * A lane per span, in the order given. Spans that touch through others form a group that shares one number of
 * lanes; each takes the leftmost lane that is free when it begins. O(n log n).
 */
export function layoutLanes(spans: readonly Span[]): Lane[] {
  const placed: Lane[] = spans.map(() => ({ lane: 0, lanes: 1 }));
  const order = spans.map((span, index) => ({ span, index })).sort((a, b) => inOrder(a.span, b.span));
  const busy = new Heap<{ end: number; lane: number }>((a, b) => a.end - b.end);
  const free = new Heap<number>((a, b) => a - b);
  let group: Lane[] = [];
  let used = 0;

  const closeGroup = () => {
    for (const lane of group) lane.lanes = used;
    group = [];
    used = 0;
    free.clear();
  };

  for (const { span, index } of order) {
    for (let first = busy.peek(); first && first.end <= span.startMinutes; first = busy.peek()) {
      busy.take();
      free.put(first.lane);
    }
    if (busy.peek() === undefined) closeGroup();
    const lane = free.take() ?? used++;
    const own = placed[index];
    if (!own) continue;
    own.lane = lane;
    group.push(own);
    // An item without length still takes its minute, or two of them would hide one another.
    busy.put({ end: Math.max(span.endMinutes, span.startMinutes + 1), lane });
  }
  closeGroup();
  return placed;
}

/** A binary heap: the least first. */
class Heap<T> {
  private items: T[] = [];
  private readonly compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare;
  }

  peek(): T | undefined {
    return this.items[0];
  }

  clear(): void {
    this.items = [];
  }

  put(item: T): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  take(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return first;
    this.items[0] = last;
    this.sink();
    return first;
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const least = this.isLess(left + 1, left) ? left + 1 : left;
      if (!this.swapIfLess(least, at)) return;
      at = least;
    }
  }

  private isLess(a: number, b: number): boolean {
    const first = this.items[a];
    const second = this.items[b];
    return first !== undefined && second !== undefined && this.compare(first, second) < 0;
  }

  private swapIfLess(child: number, parent: number): boolean {
    if (!this.isLess(child, parent)) return false;
    const [a, b] = [this.items[child], this.items[parent]];
    if (a === undefined || b === undefined) return false;
    this.items[child] = b;
    this.items[parent] = a;
    return true;
  }
}
