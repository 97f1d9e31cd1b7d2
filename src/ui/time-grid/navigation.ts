import type { GridColumn, GridItem, GridPlace } from './grid-types.ts';

/** Where the keyboard stands: on an item, or on free time. */
export type GridCursor =
  | { kind: 'item'; id: string; walk: 'items' | 'slots' }
  | { kind: 'slot'; columnId: string; startMinutes: number };

export type GridModel = {
  columns: readonly GridColumn[];
  /** Sorted as they stand. */
  byColumn: ReadonlyMap<string, readonly GridItem[]>;
  byId: ReadonlyMap<string, GridItem>;
  fromMinutes: number;
  toMinutes: number;
  slotMinutes: number;
};

export type GridStep = 'up' | 'down' | 'left' | 'right' | 'start' | 'end' | 'first-column' | 'last-column';

const none: readonly GridItem[] = [];

export function columnItems(model: GridModel, columnId: string): readonly GridItem[] {
  return model.byColumn.get(columnId) ?? none;
}

const onItem = (item: GridItem, walk: 'items' | 'slots'): GridCursor => ({ kind: 'item', id: item.id, walk });

function onSlot(model: GridModel, columnId: string, minutes: number): GridCursor {
  const last = Math.max(model.fromMinutes, model.toMinutes - model.slotMinutes);
  return { kind: 'slot', columnId, startMinutes: Math.min(Math.max(minutes, model.fromMinutes), last) };
}

/** The item that covers the minute, else the free slot there. */
export function cursorAt(model: GridModel, { columnId, startMinutes }: GridPlace): GridCursor {
  const slot = onSlot(model, columnId, startMinutes);
  const at = slot.kind === 'slot' ? slot.startMinutes : startMinutes;
  const item = columnItems(model, columnId).find((one) => one.startMinutes <= at && at < one.endMinutes);
  return item ? onItem(item, 'slots') : slot;
}

/** Where the first Tab lands: what is on now or comes next, else the first item, else free time. */
export function firstCursor(model: GridModel, nowMinutes: number | null): GridCursor | null {
  const from = nowMinutes ?? model.fromMinutes;
  for (const column of model.columns) {
    const next = columnItems(model, column.id).find((item) => item.endMinutes > from);
    if (next) return onItem(next, 'items');
  }
  const item = model.byId.values().next().value;
  if (item) return onItem(item, 'items');
  const column = model.columns[0];
  const aligned = Math.floor(from / model.slotMinutes) * model.slotMinutes;
  return column ? onSlot(model, column.id, aligned) : null;
}

/** Where one key leads from here. `free` asks for free time: Ctrl or Shift held. */
export function stepCursor(model: GridModel, at: GridCursor, step: GridStep, free: boolean): GridCursor {
  const item = at.kind === 'item' ? model.byId.get(at.id) : undefined;
  const place = item ?? (at.kind === 'slot' ? at : undefined);
  if (!place) return at;
  const inSlots = free || at.kind === 'slot' || at.walk === 'slots';
  switch (step) {
    case 'up':
    case 'down':
      if (!item) return stepFromSlot(model, place, step);
      return inSlots ? stepOffItem(model, item, step, free) : stepItem(model, item, step);
    case 'left':
    case 'right':
      return sideways(model, place, columnBeside(model, place.columnId, step), inSlots);
    case 'first-column':
      return sideways(model, place, model.columns[0]?.id, inSlots);
    case 'last-column':
      return sideways(model, place, model.columns.at(-1)?.id, inSlots);
    case 'start':
    case 'end': {
      const items = columnItems(model, place.columnId);
      const last = step === 'start' ? items[0] : items.at(-1);
      if (!inSlots && last) return onItem(last, 'items');
      const minutes = step === 'start' ? model.fromMinutes : model.toMinutes - model.slotMinutes;
      return cursorAt(model, { columnId: place.columnId, startMinutes: minutes });
    }
  }
}

export function columnBeside(model: GridModel, columnId: string, side: 'left' | 'right'): string | undefined {
  const at = model.columns.findIndex((column) => column.id === columnId);
  return model.columns[at + (side === 'left' ? -1 : 1)]?.id;
}

function sideways(
  model: GridModel,
  from: GridPlace,
  columnId: string | undefined,
  inSlots: boolean,
): GridCursor {
  if (columnId === undefined) return cursorAt(model, from);
  if (inSlots) return cursorAt(model, { columnId, startMinutes: from.startMinutes });
  const distance = (item: GridItem) => Math.abs(item.startMinutes - from.startMinutes);
  const [first, ...others] = columnItems(model, columnId);
  if (!first) return onSlot(model, columnId, from.startMinutes);
  return onItem(
    others.reduce((best, item) => (distance(item) < distance(best) ? item : best), first),
    'items',
  );
}

function stepItem(model: GridModel, item: GridItem, step: 'up' | 'down'): GridCursor {
  const items = columnItems(model, item.columnId);
  const next = items[items.indexOf(item) + (step === 'down' ? 1 : -1)];
  if (next) return onItem(next, 'items');
  // Past the last item lies free time, not a wall.
  return stepOffItem(model, item, step, false);
}

function stepFromSlot(
  model: GridModel,
  { columnId, startMinutes }: GridPlace,
  step: 'up' | 'down',
): GridCursor {
  const items = columnItems(model, columnId);
  const size = model.slotMinutes;
  if (step === 'down') {
    const target = Math.floor(startMinutes / size) * size + size;
    const next = items.find((item) => item.startMinutes > startMinutes && item.startMinutes <= target);
    return next ? onItem(next, 'slots') : onSlot(model, columnId, target);
  }
  const target = Math.ceil(startMinutes / size) * size - size;
  const before = items.findLast((item) => item.startMinutes < startMinutes && item.endMinutes > target);
  return before ? onItem(before, 'slots') : onSlot(model, columnId, target);
}

/** Off an item into the free time beside it; `free` skips the items that leave none. */
function stepOffItem(model: GridModel, item: GridItem, step: 'up' | 'down', free: boolean): GridCursor {
  const items = columnItems(model, item.columnId);
  const rest =
    step === 'down' ? items.slice(items.indexOf(item) + 1) : items.slice(0, items.indexOf(item)).reverse();
  let edge = step === 'down' ? item.endMinutes : item.startMinutes;
  for (const next of rest) {
    const touches = step === 'down' ? next.startMinutes <= edge : next.endMinutes >= edge;
    if (!touches) break;
    if (!free) return onItem(next, 'slots');
    edge = step === 'down' ? Math.max(edge, next.endMinutes) : Math.min(edge, next.startMinutes);
  }
  const size = model.slotMinutes;
  const start = step === 'down' ? edge : Math.ceil(edge / size) * size - size;
  if (start < model.fromMinutes || start >= model.toMinutes) return onItem(item, 'items');
  return cursorAt(model, { columnId: item.columnId, startMinutes: start });
}
