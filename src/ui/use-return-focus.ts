import { useEffect } from 'react';

/** When a dialog goes, the focus goes back to where the hand was, unless something else has taken it. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      setTimeout(() => {
        const lost = document.activeElement === document.body || document.activeElement === null;
        if (!lost) return;
        const stays = before instanceof HTMLElement && before !== document.body && before.isConnected;
        // What was acted on may be gone: then the grid's own place, which is where it was.
        const place = document.querySelector<HTMLElement>('.tg-slot, .tg-item[tabindex="0"]');
        (stays ? before : place)?.focus();
      });
    };
  }, []);
}
