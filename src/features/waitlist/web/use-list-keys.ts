import { useState } from 'react';
import { useKeys } from '../../../ui/keys.ts';

/** Arrows move through a list and Enter opens, by keyboard alone. */
export function useListKeys<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  open: (row: T) => void,
  word: string,
) {
  const [chosen, setChosen] = useState<string>();
  const index = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === chosen),
  );
  const selected = rows[index];
  const move = (by: number) => {
    const to = rows[Math.max(0, Math.min(rows.length - 1, index + by))];
    if (to) setChosen(keyOf(to));
  };
  useKeys({
    arrowdown: { label: 'next', run: () => move(1) },
    arrowup: { label: 'previous', run: () => move(-1) },
    j: () => move(1),
    k: () => move(-1),
    enter: {
      label: word,
      run: (event) => {
        const pressed =
          event.target instanceof HTMLElement ? event.target.closest('button, a[href], input, select') : null;
        if (pressed instanceof HTMLElement) pressed.click();
        else if (selected) open(selected);
      },
    },
  });
  return { selected, select: (row: T) => setChosen(keyOf(row)) };
}
