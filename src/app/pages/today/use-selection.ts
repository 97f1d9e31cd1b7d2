import { useCallback, useEffect, useRef, useState } from 'react';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import type { TodayDuty } from './today-api.ts';

// Walking down the list opens no record of everyone on the way.
const restMs = 350;

/**
 * Which line is meant. Arrows move it, and the focus with it to the line's button; when a line is settled the
 * next one takes its place. Resting on a line about a person puts that person in view.
 */
export function useSelection(duties: readonly TodayDuty[]) {
  const person = usePerson();
  const [key, setKey] = useState<string>();
  const place = useRef(0);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const found = duties.findIndex((duty) => duty.key === key);
  const at = found >= 0 ? found : Math.min(place.current, Math.max(0, duties.length - 1));
  const selected = duties[at];
  useEffect(() => {
    place.current = at;
  }, [at]);
  useEffect(() => () => clearTimeout(resting.current), []);

  const select = useCallback(
    (duty: TodayDuty) => {
      setKey(duty.key);
      clearTimeout(resting.current);
      const { patientId } = duty;
      if (patientId) resting.current = setTimeout(() => person.show(patientId), restMs);
    },
    [person],
  );
  const focus = useCallback((duty: TodayDuty | undefined) => {
    if (duty) buttons.current.get(duty.key)?.focus();
  }, []);
  const move = (by: number) => {
    // The first press on a page that was just opened takes the line that is marked.
    const isFocused = selected && buttons.current.get(selected.key) === document.activeElement;
    const next = duties[isFocused ? Math.max(0, Math.min(duties.length - 1, at + by)) : at];
    if (!next) return;
    select(next);
    focus(next);
  };
  // What was settled leaves with its button: the focus goes on to the line that took its place.
  const selectedKey = selected?.key;
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body && selectedKey)
      buttons.current.get(selectedKey)?.focus();
    hadFocus.current = [...buttons.current.values()].some((button) => button === document.activeElement);
  });
  const keepButton = useCallback((ofKey: string, button: HTMLButtonElement | null) => {
    if (button) buttons.current.set(ofKey, button);
    else buttons.current.delete(ofKey);
  }, []);
  return { selected, select, move, keepButton };
}
