import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Ghost, GridDrag } from './grid-drag.ts';
import type { TimeGridProps } from './grid-types.ts';

type DragOptions = {
  props: TimeGridProps;
  root: { current: HTMLDivElement | null };
  surface: { current: HTMLDivElement | null };
  pixelsPerMinute: number;
  drop: (ghost: Ghost) => void;
};

/** The pointer drags of one grid, and the ghost to show. */
export function useGridDrag(options: DragOptions): { drag: GridDrag; ghost: Ghost | null } {
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const drag = useMemo(
    () =>
      new GridDrag({
        scroller: () => latest.current.root.current,
        surface: () => latest.current.surface.current,
        day: () => ({ ...latest.current.props, pixelsPerMinute: latest.current.pixelsPerMinute }),
        columnIds: () => latest.current.props.columns.map((column) => column.id),
        show: setGhost,
        drop: (landed) => latest.current.drop(landed),
        dropOutside: (id, x, y) => {
          const { onDropOutside } = latest.current.props;
          const on = document.elementFromPoint?.(x, y)?.closest<HTMLElement>('[data-drop]')?.dataset.drop;
          if (!onDropOutside || on === undefined) return false;
          onDropOutside(id, on);
          return true;
        },
      }),
    [],
  );
  useEffect(() => {
    const element = latest.current.root.current;
    const letGo = (event: globalThis.KeyboardEvent) => event.key === 'Escape' && drag.active && drag.cancel();
    // React listens passively; only a listener that may refuse keeps the page from scrolling under the finger.
    const hold = (event: TouchEvent) => drag.active && event.cancelable && event.preventDefault();
    const quiet = (event: Event) => drag.touching && event.preventDefault();
    element?.addEventListener('touchmove', hold, { passive: false });
    element?.addEventListener('contextmenu', quiet);
    window.addEventListener('keydown', letGo, true);
    return () => {
      element?.removeEventListener('touchmove', hold);
      element?.removeEventListener('contextmenu', quiet);
      window.removeEventListener('keydown', letGo, true);
      drag.cancel();
    };
  }, [drag]);
  return { drag, ghost };
}
