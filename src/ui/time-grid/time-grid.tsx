import './time-grid.css';
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from 'react';
import { GridColumnView } from './grid-column.tsx';
import type { Ghost } from './grid-drag.ts';
import { handleGridKey } from './grid-keys.ts';
import { GridHead, GridHours, GridOverlay } from './grid-parts.tsx';
import type { GridBand, GridItem, TimeGridProps } from './grid-types.ts';
import { slotStart } from './snap.ts';
import { useGridDrag } from './use-grid-drag.ts';
import { itemId, useGridFocus } from './use-grid-focus.ts';
import { useGridModel } from './use-grid-model.ts';

const noItems: readonly GridItem[] = [];
const noBands: readonly GridBand[] = [];
const narrowestColumn = 150;

/**
 * A day in columns: drag, resize, Alt with the arrows, a cursor for free time. One stop for Tab; arrows walk from
 * item to item, with Ctrl or Shift through the free time. All events are caught at the root.
 */
export function TimeGrid(props: TimeGridProps) {
  const { columns, fromMinutes, toMinutes, nowMinutes = null, selectedId = null, slotMinutes = 15 } = props;
  const gridId = useId();
  const root = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const hourHeight = Math.max(96, props.hourHeight ?? 96);
  const pixelsPerMinute = hourHeight / 60;
  const { model, bandsByColumn } = useGridModel(props, slotMinutes);
  const focus = useGridFocus(root, gridId, model, nowMinutes);
  const { cursor } = focus;

  const speak = (text: string) => {
    if (live.current && text) live.current.textContent = text;
  };
  const drop = (ghost: Ghost) => {
    speak(props.describeMove?.(ghost.id, ghost) ?? '');
    if (ghost.id === drawnId) return props.onSpan?.(ghost);
    focus.moveTo({ kind: 'item', id: ghost.id, walk: 'items' });
    if (ghost.resizing) props.onResize?.(ghost.id, { endMinutes: ghost.endMinutes });
    else props.onMove?.(ghost.id, { columnId: ghost.columnId, startMinutes: ghost.startMinutes });
  };
  const { drag, ghost } = useGridDrag({ props, root, surface, pixelsPerMinute, drop });
  useScrollToStart(root, props, pixelsPerMinute);
  useSecondFrame(root);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag.active) drag.cancel();
    else if (!handleGridKey(event, { props, model, cursor, moveTo: focus.moveTo, speak })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent) => {
    const id = event.button === 0 ? itemId(event.target) : null;
    const item = id === null ? undefined : model.byId.get(id);
    const element = item && document.getElementById(`${gridId}${item.id}`);
    if (id === null) return startDrawing(event, { props, slotMinutes, pixelsPerMinute, drag });
    if (!item || !element || !(event.target instanceof Element)) return;
    const resizing = Boolean(item.resizable) && event.target.closest('[data-resize]') !== null;
    if (resizing || item.draggable) drag.start(event.nativeEvent, item, element, resizing);
  };
  const onClick = (event: MouseEvent) => {
    if (drag.takeClick()) return;
    const id = itemId(event.target);
    const action =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('[data-action]')?.dataset.action
        : undefined;
    if (id !== null) return action ? props.onAction?.(id, action) : props.onOpen?.(id);
    const column =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
    const columnId = column?.dataset.column;
    if (!column || columnId === undefined) return;
    const minutes = fromMinutes + (event.clientY - column.getBoundingClientRect().top) / pixelsPerMinute;
    const around = {
      items: model.byColumn.get(columnId) ?? noItems,
      bands: bandsByColumn.get(columnId) ?? noBands,
    };
    const startMinutes = Math.max(fromMinutes, slotStart(minutes, slotMinutes, around));
    focus.moveTo({ kind: 'slot', columnId, startMinutes });
    props.onSlot?.({ columnId, startMinutes, text: '' });
  };
  const onFocus: typeof focus.onFocus = (event) => {
    focus.onFocus(event);
    const id = itemId(event.target);
    if (id !== null) props.onFocusItem?.(id);
  };

  const height = (toMinutes - fromMinutes) * pixelsPerMinute;
  const size = gridSize(columns.length, hourHeight, height, fromMinutes);
  return (
    <div
      ref={root}
      className="tg"
      role="application"
      aria-label={props.label}
      aria-describedby={`${gridId}:help`}
      style={size}
      {...{ onKeyDown, onPointerDown, onClick, onFocus, onBlur: focus.onBlur }}
    >
      <GridHead columns={columns} />
      <div className="tg-body">
        <GridHours {...{ fromMinutes, toMinutes, pixelsPerMinute, nowMinutes }} />
        <div className="tg-cols" ref={surface}>
          {columns.map((column, index) => (
            <GridColumnView
              key={column.id}
              gridId={gridId}
              columnId={column.id}
              title={column.title}
              items={model.byColumn.get(column.id) ?? noItems}
              bands={bandsByColumn.get(column.id) ?? noBands}
              later={index >= window.innerWidth / narrowestColumn}
              fromMinutes={fromMinutes}
              pixelsPerMinute={pixelsPerMinute}
              tabId={ownId(cursor?.kind === 'item' ? cursor.id : null, column.id, model.byId)}
              selectedId={ownId(selectedId, column.id, model.byId)}
            />
          ))}
          <GridOverlay {...{ props, gridId, cursor, ghost, pixelsPerMinute, slotMinutes }} />
        </div>
      </div>
      <div ref={live} className="ui-unseen" role="status" aria-live="polite" />
      <p id={`${gridId}:help`} className="ui-unseen">
        Arrows move, with Control through free time. Enter opens. Alt and arrows move the item, Alt Shift up
        and down change its length.
      </p>
    </div>
  );
}

/** What a hand draws over free time is no item yet. */
const drawnId = ':drawn';

type Drawing = {
  props: TimeGridProps;
  slotMinutes: number;
  pixelsPerMinute: number;
  drag: ReturnType<typeof useGridDrag>['drag'];
};

/** A mouse that is pressed on free time and moved draws a span; a finger scrolls there. */
function startDrawing(event: PointerEvent, { props, slotMinutes, pixelsPerMinute, drag }: Drawing): void {
  if (!props.onSpan || event.button !== 0 || event.pointerType !== 'mouse') return;
  const column =
    event.target instanceof Element ? event.target.closest<HTMLElement>('.tg-col[data-column]') : null;
  const columnId = column?.dataset.column;
  if (!column || columnId === undefined) return;
  const at = props.fromMinutes + (event.clientY - column.getBoundingClientRect().top) / pixelsPerMinute;
  const startMinutes = Math.floor(at / slotMinutes) * slotMinutes;
  const span = { columnId, startMinutes, endMinutes: startMinutes + slotMinutes };
  const drawn: GridItem = { ...span, id: drawnId, label: '', title: '', lines: [], tone: 'calm' };
  drag.start(event.nativeEvent, drawn, column, true);
}

/** The id, if it is an item of this column; other columns then do not hear of it and are not redrawn. */
function ownId(id: string | null, columnId: string, byId: ReadonlyMap<string, GridItem>): string | null {
  return id !== null && byId.get(id)?.columnId === columnId ? id : null;
}

function gridSize(count: number, hourHeight: number, height: number, fromMinutes: number) {
  return {
    '--tg-count': count,
    '--tg-hour': `${hourHeight}px`,
    '--tg-height': `${height}px`,
    '--tg-shift': `${(-(fromMinutes % 60) * hourHeight) / 60}px`,
  } as CSSProperties;
}

/** Opens at now, or at the first item; after that the hand decides. */
function useScrollToStart(
  root: RefObject<HTMLDivElement | null>,
  props: TimeGridProps,
  pixelsPerMinute: number,
) {
  const { items, fromMinutes, nowMinutes } = props;
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current || !root.current) return;
    const first = items.reduce((least, item) => Math.min(least, item.startMinutes), Number.POSITIVE_INFINITY);
    const start = nowMinutes ?? (Number.isFinite(first) ? first : null);
    if (start === null) return;
    done.current = true;
    root.current.scrollTop = Math.max(0, (start - fromMinutes - (nowMinutes ? 60 : 15)) * pixelsPerMinute);
  }, [root, items, fromMinutes, nowMinutes, pixelsPerMinute]);
}

/** Columns that do not fit the screen are laid out once the first frame has been painted. */
function useSecondFrame(root: RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => {
        if (root.current) root.current.dataset.drawn = '';
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [root]);
}
