import { useRef } from 'react';
import { useKeys } from '../../../ui/keys.ts';
import { useToast } from '../../../ui/toast.tsx';
import { visitIdOf } from './board.ts';
import { takeClip, useClip } from './clipboard.ts';
import type { Board } from './use-board.ts';
import type { VisitCommand } from './visit-panel.tsx';

/** The visit that a key means: the one with the focus, or the open one while the focus is in its panel. */
function meantVisit(board: Board): string | undefined {
  const at = document.activeElement;
  const item = at?.closest<HTMLElement>('[data-item]')?.dataset.item;
  if (item) return visitIdOf(item);
  const inPanel = at?.closest('.sc-panel') || at === document.body;
  return inPanel ? board.opened?.visit.visitId : undefined;
}

const keyed: readonly [string, VisitCommand, string][] = [
  ['a', 'arrive', 'check in'],
  ['r', 'room', 'in room'],
  ['d', 'with-physician', 'with physician'],
  ['o', 'check-out', 'check out, follow-up'],
  ['c', 'confirm', 'confirm'],
  ['m', 'move', 'move: cut, then Enter on a free time'],
  ['l', 'later', 'another day: Enter takes the next free'],
  ['k', 'pin', 'keep it on your pinboard, or take it off'],
  ['x', 'cancel', 'cancel with a reason'],
];

/** One letter for everything that is done to a visit. */
export function useBoardKeys(board: Board, onNextFree: () => void): void {
  const toast = useToast();
  const clip = useClip();
  const acted = useRef(false);
  const run = (command: VisitCommand) => {
    const visitId = meantVisit(board);
    if (!visitId) return toast.refused('Choose a visit first: a click, or Tab and the arrows.');
    acted.current = true;
    board.run(visitId, command);
  };
  const nothingMeant = () =>
    toast.refused(
      'Choose a place first: a click, or Tab and the arrows; Ctrl with the arrows for free time.',
    );
  // Text that was marked is copied as anywhere else
  const copyText = () =>
    document.getSelection()?.toString() ? document.execCommand('copy') : nothingMeant();
  useKeys({
    ...Object.fromEntries(
      keyed.map(([key, command, label]) => [
        key,
        { label: `${label} (on a visit)`, run: () => run(command) },
      ]),
    ),
    n: {
      label: 'no-show (on a visit), else next free',
      run: () => (meantVisit(board) ? run('no-show') : onNextFree()),
    },
    // What the grid takes itself, at the place with the focus; here for the overlay of keys.
    'mod+x': { label: 'cut (on a visit or blocked time)', run: () => run('move') },
    'mod+c': { label: 'copy (on a visit or blocked time)', run: copyText },
    'mod+v': { label: 'paste (on a free time)', run: nothingMeant },
    'shift+enter': { label: 'hold for a call (on a free time)', run: nothingMeant },
    '.': { label: 'block time: lunch, rounds (on a free time)', run: nothingMeant },
    delete: { label: 'give back what is held, open what is blocked', run: nothingMeant },
    u: {
      label: 'undo',
      // What was done last here goes first; only then the last step of the visit that is meant.
      run: () => {
        const visitId = meantVisit(board);
        const { saidAsked } = board.actions;
        if (visitId && !acted.current && !saidAsked.current) board.run(visitId, 'undo');
        else toast.undoLast();
        acted.current = false;
        saidAsked.current = false;
      },
    },
    escape: {
      label: 'close, let go',
      run: () => {
        if (board.cut || clip) {
          board.cutOut(undefined);
          takeClip(undefined);
        } else if (board.opened) board.close();
        else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      },
    },
  });
}
