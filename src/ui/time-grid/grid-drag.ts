import type { GridItem, GridSpan } from './grid-types.ts';
import { type Day, snapEnd, snapStart } from './snap.ts';

/** Where the item would land if it were let go now. */
export type Ghost = GridSpan & { id: string; title: string; resizing: boolean };

export type DragHost = {
  scroller: () => HTMLElement | null;
  surface: () => HTMLElement | null;
  day: () => Day & { pixelsPerMinute: number };
  columnIds: () => readonly string[];
  show: (ghost: Ghost | null) => void;
  drop: (ghost: Ghost) => void;
  /** Let go beside the grid: true when something there took it. */
  dropOutside: (id: string, x: number, y: number) => boolean;
};

type Press = {
  item: GridItem;
  element: HTMLElement;
  resizing: boolean;
  touch: boolean;
  /** A mouse drags once it moved, a finger once it rested: before that it may scroll. */
  armed: boolean;
  startX: number;
  startY: number;
  x: number;
  y: number;
  /** From the item's beginning to where it was taken. */
  grabMinutes: number;
};

const mouseSlack = 4;
const fingerSlack = 8;
const longPressMilliseconds = 350;
const edge = 44;
const scrollSpeed = 12;

/** Drag and resize by pointer. Knows no React: it reports a ghost and a drop. */
export class GridDrag {
  private press: Press | null = null;
  private ghost: Ghost | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private swallowClick = false;
  private readonly host: DragHost;

  constructor(host: DragHost) {
    this.host = host;
  }

  start(event: PointerEvent, item: GridItem, element: HTMLElement, resizing: boolean): void {
    this.cancel();
    this.swallowClick = false;
    const { clientX: x, clientY: y } = event;
    const touch = event.pointerType === 'touch';
    const grabMinutes = (this.minutesAt(y) ?? item.startMinutes) - item.startMinutes;
    this.press = { item, element, resizing, touch, armed: false, startX: x, startY: y, x, y, grabMinutes };
    if (touch) this.timer = setTimeout(this.arm, longPressMilliseconds);
    window.addEventListener('pointermove', this.move);
    window.addEventListener('pointerup', this.end);
    window.addEventListener('pointercancel', this.cancel);
  }

  /** True once after a drag: the click that follows letting go is none. */
  takeClick(): boolean {
    const taken = this.swallowClick;
    this.swallowClick = false;
    return taken;
  }

  get active(): boolean {
    return this.press?.armed === true;
  }

  get touching(): boolean {
    return this.press?.touch === true;
  }

  cancel = (): void => {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    window.removeEventListener('pointermove', this.move);
    window.removeEventListener('pointerup', this.end);
    window.removeEventListener('pointercancel', this.cancel);
    if (this.press?.armed) {
      delete this.press.element.dataset.dragging;
      this.swallowClick = true;
    }
    this.press = null;
    if (this.ghost) this.host.show(null);
    this.ghost = null;
  };

  private arm = (): void => {
    if (!this.press) return;
    this.press.armed = true;
    this.press.element.dataset.dragging = '';
    this.update();
    this.frame = requestAnimationFrame(this.scrollAtEdges);
  };

  private move = (event: PointerEvent): void => {
    const { press } = this;
    if (!press) return;
    press.x = event.clientX;
    press.y = event.clientY;
    const far = Math.hypot(press.x - press.startX, press.y - press.startY);
    if (press.armed) this.update();
    else if (press.touch) far > fingerSlack && this.cancel();
    else if (far > mouseSlack) this.arm();
  };

  private end = (): void => {
    const { ghost, press } = this;
    this.cancel();
    if (!ghost || !press) return;
    const { item, resizing, x, y } = press;
    if (!resizing && this.host.dropOutside(item.id, x, y)) return;
    const stays =
      ghost.columnId === item.columnId &&
      ghost.startMinutes === item.startMinutes &&
      ghost.endMinutes === item.endMinutes;
    if (!stays) this.host.drop(ghost);
  };

  private minutesAt(y: number): number | null {
    const surface = this.host.surface();
    const { fromMinutes, pixelsPerMinute } = this.host.day();
    return surface ? fromMinutes + (y - surface.getBoundingClientRect().top) / pixelsPerMinute : null;
  }

  private columnAt(x: number): string | undefined {
    const surface = this.host.surface();
    const ids = this.host.columnIds();
    if (!surface || ids.length === 0) return undefined;
    const { left, width } = surface.getBoundingClientRect();
    const at = Math.floor(((x - left) / width) * ids.length);
    return ids[Math.max(0, Math.min(at, ids.length - 1))];
  }

  private update(): void {
    const { press } = this;
    const minutes = press && this.minutesAt(press.y);
    if (!press || minutes === null) return;
    const { item, resizing, grabMinutes } = press;
    const day = this.host.day();
    const length = item.endMinutes - item.startMinutes;
    const startMinutes = resizing ? item.startMinutes : snapStart(minutes - grabMinutes, length, day);
    const endMinutes = resizing ? snapEnd(minutes, item.startMinutes, day) : startMinutes + length;
    const columnId = resizing ? item.columnId : (this.columnAt(press.x) ?? item.columnId);
    const old = this.ghost;
    if (old?.columnId === columnId && old.startMinutes === startMinutes && old.endMinutes === endMinutes)
      return;
    this.ghost = { id: item.id, title: item.title, resizing, columnId, startMinutes, endMinutes };
    this.host.show(this.ghost);
  }

  private scrollAtEdges = (): void => {
    const scroller = this.host.scroller();
    const { press } = this;
    if (!scroller || !press?.armed) return;
    const box = scroller.getBoundingClientRect();
    const down = pull(press.y, box.top + 46, box.bottom);
    const right = press.resizing ? 0 : pull(press.x, box.left + 52, box.right);
    if (down !== 0 || right !== 0) {
      scroller.scrollBy(right * scrollSpeed, down * scrollSpeed);
      this.update();
    }
    this.frame = requestAnimationFrame(this.scrollAtEdges);
  };
}

/** -1 near the beginning, 1 near the end, between 0. */
function pull(at: number, from: number, to: number): number {
  if (at < from + edge) return -Math.min(1, (from + edge - at) / edge);
  return at > to - edge ? Math.min(1, (at - to + edge) / edge) : 0;
}
