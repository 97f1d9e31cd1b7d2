import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useKeys } from './keys.ts';

let covers = 0;

/** Dialogs close at Escape wherever it is pressed; below a cover they stay, with what is typed in them. */
function keepBelow(event: KeyboardEvent): void {
  if (covers > 0 && event.key === 'Escape') event.stopImmediatePropagation();
}
// Before any dialog listens: listeners of one place are called in the order in which they came.
if (typeof window !== 'undefined') window.addEventListener('keydown', keepBelow, { capture: true });

/** Everything beside the cover: the page, its dialogs, what drops down, notes. */
function coverAll(cover: HTMLElement): () => void {
  const below = new Set<HTMLElement>();
  const take = () => {
    for (const one of document.body.children) {
      if (!(one instanceof HTMLElement) || one === cover || one.inert) continue;
      one.inert = true;
      one.dataset.covered = '';
      below.add(one);
    }
  };
  take();
  const watch = new MutationObserver(take);
  watch.observe(document.body, { childList: true });
  return () => {
    watch.disconnect();
    for (const one of below) {
      one.inert = false;
      delete one.dataset.covered;
    }
  };
}

/**
 * Covers everything on screen, dialogs too: nothing below can be seen, reached by a key or heard. It all stays
 * mounted, and once the cover goes the focus is where it was.
 */
export function Cover({ label, children }: { label: string; children: ReactNode }) {
  const cover = useRef<HTMLDivElement>(null);
  const [focused] = useState(() => document.activeElement);
  useKeys({}, { scope: 'dialog' });
  useLayoutEffect(() => {
    if (!cover.current) return;
    covers += 1;
    const uncover = coverAll(cover.current);
    return () => {
      covers -= 1;
      uncover();
      if (focused instanceof HTMLElement && focused.isConnected) setTimeout(() => focused.focus());
    };
  }, [focused]);
  return createPortal(
    <div className="ui-cover" ref={cover} role="dialog" aria-modal="true" aria-label={label}>
      {children}
    </div>,
    document.body,
  );
}
