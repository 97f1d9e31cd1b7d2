import { type KeyboardEvent, type RefObject, useLayoutEffect } from 'react';

const stops = 'input:not([type=hidden]):not([disabled]), textarea, button[type=submit]';

/**
 * Keys of a form that is typed from top to bottom: Enter goes to the next field (and from the last to the save
 * button), Ctrl Enter saves from anywhere.
 */
export function enterMovesOn(save: () => void) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      save();
      return;
    }
    const { target } = event;
    const isField = target instanceof HTMLInputElement;
    // An open list takes Enter for itself.
    if (!isField || target.getAttribute('aria-expanded') === 'true') return;
    event.preventDefault();
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>(stops)];
    all[all.indexOf(target) + 1]?.focus();
  };
}

/** When the form opens, the first field that is still empty takes the focus, before a next key can go elsewhere. */
export function useFirstEmptyFocus(form: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const all = [...(form.current?.querySelectorAll<HTMLInputElement>(stops) ?? [])];
    (all.find((field) => field.value === '') ?? all[0])?.focus();
  }, [form]);
}
