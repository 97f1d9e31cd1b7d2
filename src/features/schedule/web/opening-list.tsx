import { useEffect, useRef } from 'react';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Opening } from '../openings/schema.ts';

export type OpeningListProps = {
  openings: readonly Opening[];
  onPick: (opening: Opening) => void;
  busy?: boolean;
  /** The first takes the focus once the list is there, so that Enter takes it. */
  focusFirst?: boolean;
};

/** Times to choose from, by a click, Enter or a digit, each with why it fits. Stands in a dialog. */
export function OpeningList({ openings, onPick, busy, focusFirst }: OpeningListProps) {
  const first = useRef<HTMLButtonElement>(null);
  const wanted = focusFirst && openings.length > 0;
  useEffect(() => {
    if (wanted) first.current?.focus();
  }, [wanted]);
  useKeys(
    Object.fromEntries(
      openings.slice(0, 9).map((opening, at) => [
        String(at + 1),
        () => {
          if (!busy) onPick(opening);
        },
      ]),
    ),
    { scope: 'dialog' },
  );
  return (
    <ol className="sc-openings" aria-busy={busy}>
      {openings.map((opening, at) => (
        <li key={`${opening.startsAt} ${opening.physicianId}`}>
          <button
            ref={at === 0 ? first : undefined}
            data-autofocus={(focusFirst && at === 0) || undefined}
            type="button"
            onClick={() => {
              if (!busy) onPick(opening);
            }}
            onKeyDown={(event) => stepBetween(event.key, event.currentTarget) && event.preventDefault()}
          >
            <Kbd keys={String(at + 1)} />
            <span>
              <b>{opening.label}</b> · {opening.physicianName} · {opening.siteName}
              {opening.resourceNames.length > 0 && ` · ${opening.resourceNames.join(', ')}`}
              <small>{opening.reasons.join(' · ')}</small>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Arrows walk the list. */
function stepBetween(key: string, from: HTMLElement): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  const item = from.closest('li');
  const to = key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling;
  to?.querySelector('button')?.focus();
  return true;
}
