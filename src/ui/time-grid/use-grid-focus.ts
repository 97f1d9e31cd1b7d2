import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { GridItem } from './grid-types.ts';
import { cursorAt, firstCursor, type GridCursor, type GridModel } from './navigation.ts';

/**
 * Where the keyboard stands, and that it stays there: an item that moves to another column is drawn anew and would
 * lose the focus; here it takes it back. An item that is gone leaves the cursor on its place.
 */
export function useGridFocus(
  root: RefObject<HTMLElement | null>,
  gridId: string,
  model: GridModel,
  now: number | null,
) {
  const [chosen, setChosen] = useState<GridCursor | null>(null);
  const last = useRef<GridItem | null>(null);
  const owns = useRef(false);
  const wants = useRef(false);

  const item = chosen?.kind === 'item' ? model.byId.get(chosen.id) : undefined;
  const lost = chosen?.kind === 'item' && !item && last.current ? cursorAt(model, last.current) : null;
  const cursor = lost ?? (chosen && (item || chosen.kind === 'slot') ? chosen : firstCursor(model, now));

  useLayoutEffect(() => {
    if (item) last.current = item;
    if (lost) setChosen(lost);
    const orphaned = owns.current && !root.current?.contains(document.activeElement);
    if (!cursor || !(wants.current || orphaned)) return;
    wants.current = false;
    focusElement(`${gridId}${cursor.kind === 'item' ? cursor.id : ':slot'}`);
  });

  const moveTo = useCallback((to: GridCursor) => {
    wants.current = true;
    setChosen(to);
  }, []);
  const onFocus = useCallback((event: FocusEvent) => {
    owns.current = true;
    const id = itemId(event.target);
    if (id !== null)
      setChosen((now) => (now?.kind === 'item' && now.id === id ? now : { kind: 'item', id, walk: 'items' }));
  }, []);
  const onBlur = useCallback(
    (event: FocusEvent) => {
      const left = event.target;
      // An element that is taken out of the page also blurs, but the grid has not been left.
      setTimeout(() => {
        if (left.isConnected && !root.current?.contains(document.activeElement)) owns.current = false;
      });
    },
    [root],
  );
  return { cursor, moveTo, onFocus, onBlur };
}

function focusElement(id: string): void {
  const element = document.getElementById(id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
}

/** The item an event happened on. */
export function itemId(target: EventTarget | null): string | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-item]') : null;
  return element?.dataset.item ?? null;
}
