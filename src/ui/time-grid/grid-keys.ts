import type { KeyboardEvent } from 'react';
import { eventKeys } from '../keys.ts';
import type { GridItem, TimeGridProps } from './grid-types.ts';
import { columnBeside, type GridCursor, type GridModel, type GridStep, stepCursor } from './navigation.ts';
import { snapEnd, snapStart } from './snap.ts';

export type GridKeyContext = {
  props: TimeGridProps;
  model: GridModel;
  cursor: GridCursor | null;
  moveTo: (cursor: GridCursor) => void;
  speak: (text: string) => void;
};

const steps: Record<string, GridStep> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'start',
  End: 'end',
};

/** True when the key was the grid's. */
export function handleGridKey(event: KeyboardEvent, context: GridKeyContext): boolean {
  const { cursor, model, props } = context;
  if (!cursor) return false;
  const item = cursor.kind === 'item' ? model.byId.get(cursor.id) : undefined;
  const keys = eventKeys(event.nativeEvent);
  if (item && props.onItemKey?.(keys, item.id)) return true;
  if (cursor.kind === 'slot' && props.onSlotKey?.(keys, placeOf(cursor))) return true;
  const step = steps[event.key];
  if (step && event.altKey) return item ? moveItem(step, event.shiftKey, item, context) : false;
  if (step) return walk(step, event, { ...context, cursor });
  if (event.key === 'PageUp' || event.key === 'PageDown') return page(event.key === 'PageDown', context);
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === 'Enter') {
    if (item) props.onOpen?.(item.id);
    else if (cursor.kind === 'slot') props.onSlot?.({ ...placeOf(cursor), text: '' });
    return true;
  }
  if (cursor.kind === 'slot' && event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) {
    props.onSlot?.({ ...placeOf(cursor), text: event.key });
    return true;
  }
  return false;
}

const placeOf = ({ columnId, startMinutes }: { columnId: string; startMinutes: number }) => ({
  columnId,
  startMinutes,
});

function walk(
  step: GridStep,
  event: KeyboardEvent,
  context: GridKeyContext & { cursor: GridCursor },
): boolean {
  const free = event.ctrlKey || event.metaKey || event.shiftKey;
  const wide = free && (step === 'start' || step === 'end');
  const to = wide ? (step === 'start' ? 'first-column' : 'last-column') : step;
  context.moveTo(stepCursor(context.model, context.cursor, to, free && !wide));
  return true;
}

/** An hour up or down, over free time. */
function page(down: boolean, { cursor, model, moveTo }: GridKeyContext): boolean {
  const place = cursor?.kind === 'item' ? model.byId.get(cursor.id) : cursor;
  if (!place || !('columnId' in place)) return false;
  const startMinutes = place.startMinutes + (down ? 60 : -60);
  const items = model.byColumn.get(place.columnId) ?? [];
  const covering = items.find((one) => one.startMinutes <= startMinutes && startMinutes < one.endMinutes);
  if (covering) moveTo({ kind: 'item', id: covering.id, walk: 'slots' });
  else {
    const last = model.toMinutes - model.slotMinutes;
    const clamped = Math.max(model.fromMinutes, Math.min(startMinutes, last));
    moveTo({ kind: 'slot', columnId: place.columnId, startMinutes: clamped });
  }
  return true;
}

function moveItem(step: GridStep, resize: boolean, item: GridItem, context: GridKeyContext): boolean {
  const { props, model } = context;
  const upDown = step === 'up' || step === 'down';
  const by = step === 'up' ? -props.stepMinutes : step === 'down' ? props.stepMinutes : 0;
  if (resize) {
    if (!upDown) return false;
    if (!item.resizable) return refuse(context);
    const endMinutes = snapEnd(item.endMinutes + by, item.startMinutes, props);
    if (endMinutes !== item.endMinutes) resizeItem(item, endMinutes, context);
    return true;
  }
  if (!upDown && step !== 'left' && step !== 'right') return false;
  if (!item.draggable) return refuse(context);
  const beside = upDown ? item.columnId : columnBeside(model, item.columnId, step);
  const length = item.endMinutes - item.startMinutes;
  const startMinutes = upDown ? snapStart(item.startMinutes + by, length, props) : item.startMinutes;
  if (beside === undefined || (beside === item.columnId && startMinutes === item.startMinutes)) return true;
  const to = { columnId: beside, startMinutes };
  context.speak(props.describeMove?.(item.id, { ...to, endMinutes: startMinutes + length }) ?? '');
  props.onMove?.(item.id, to);
  return true;
}

function resizeItem(item: GridItem, endMinutes: number, { props, speak }: GridKeyContext): void {
  const { columnId, startMinutes } = item;
  speak(props.describeMove?.(item.id, { columnId, startMinutes, endMinutes }) ?? '');
  props.onResize?.(item.id, { endMinutes });
}

function refuse({ speak }: GridKeyContext): boolean {
  speak('This one stays where it is.');
  return true;
}
