import { type RefObject, useEffect, useRef } from 'react';

/** What may take the focus while a dialog is open: dialogs, what drops down from a field, notes. */
const allowed = '[role=dialog], [role=listbox], [role=menu], .ui-toasts';

/**
 * Keeps the focus in the dialog that the marked element stands in. Something below may give the focus back to
 * where it was a moment after the dialog has opened (another dialog that just closed): what is typed next must
 * not land there.
 * @returns to be set on any element inside the dialog
 */
export function useKeepFocus<Marked extends HTMLElement>(): RefObject<Marked | null> {
  const marked = useRef<Marked>(null);
  useEffect(() => {
    const box = marked.current?.closest<HTMLElement>('[role=dialog]');
    if (!box) return;
    let last: HTMLElement | null = null;
    const keep = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      if (box.contains(target)) last = target;
      else if (!target.closest(allowed)) {
        const first = box.querySelector<HTMLElement>('[data-autofocus], input, button');
        (last?.isConnected ? last : first)?.focus();
      }
    };
    document.addEventListener('focusin', keep);
    return () => document.removeEventListener('focusin', keep);
  }, []);
  return marked;
}
