import { useEffect, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { minutesLeft } from '../holds/rules.ts';
import type { useHold } from './use-hold.ts';

const tickMs = 10_000;

/** Whose the time is while the form stands open, and for how long. */
export function HoldNote({ hold, note, keep }: Pick<ReturnType<typeof useHold>, 'hold' | 'note' | 'keep'>) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, []);
  if (!hold) return note ? <p className="sc-held ui-dim sc-wide">Not held: {note}</p> : null;
  const left = minutesLeft(hold, Date.now());
  return (
    <p className="sc-held sc-wide" role="status">
      {left > 0
        ? `Held for you, ${formatDuration(left)} more.`
        : 'Not held any more: others may take it now.'}{' '}
      <Button look="quiet" onClick={keep}>
        Hold it longer
      </Button>
    </p>
  );
}
