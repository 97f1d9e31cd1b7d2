import { type RefObject, useEffect, useRef } from 'react';

/** What may take the focus while a dialog is open: dialogs, what drops down from a field, notes. */
const allowed = '[role=dialog], [role=listbox], [role=menu], .ui-toasts';
const fields = 'input:not([type=hidden]), select, textarea';

/**
 * Where a hand goes on in a dialog: what asks for it, its first field, the button that does it; where that cannot be
 * taken back, the one that leaves it.
 */
function firstPlace(box: HTMLElement): HTMLElement | undefined {
  const body = box.querySelector('.ui-dialog-body') ?? box;
  const places = ['[data-autofocus]', fields, '[type=submit]:not(.danger)', 'button'].flatMap((wanted) =>
    [...body.querySelectorAll<HTMLElement>(wanted)].filter((one) => !one.matches(':disabled')),
  );
  return places[0];
}

/**
 * Brings the focus into the dialog that the marked element stands in, and keeps it there. At once: what is typed
 * right after the key that opened it must not land below. And something below may give the focus back to where it was
 * a moment after the dialog has opened (another dialog that just closed).
 * @returns to be set on any element inside the dialog
 */
export function useKeepFocus<Marked extends HTMLElement>(): RefObject<Marked | null> {
  const marked = useRef<Marked>(null);
  useEffect(() => {
    const box = marked.current?.closest<HTMLElement>('[role=dialog]');
    if (!box) return;
    const own = document.activeElement;
    const place = own instanceof HTMLElement && box.contains(own) ? own : firstPlace(box);
    // The library's own trap looks for this mark a moment later; without it, it takes the cross at the top.
    if (!box.querySelector('[data-autofocus]')) place?.setAttribute('data-autofocus', '');
    place?.focus();
  }, []);
  useEffect(() => {
    const box = marked.current?.closest<HTMLElement>('[role=dialog]');
    if (!box) return;
    let last: HTMLElement | null = null;
    const keep = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      if (box.contains(target)) last = target;
      else if (!target.closest(allowed)) (last?.isConnected ? last : firstPlace(box))?.focus();
    };
    document.addEventListener('focusin', keep);
    return () => document.removeEventListener('focusin', keep);
  }, []);
  return marked;
}
