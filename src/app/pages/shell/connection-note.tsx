import { useEffect, useState } from 'react';
import type { LiveState } from '../../../platform/web/live.ts';
import { Icon } from '../../../ui/icon.tsx';

/** Says when the desk has lost the office: what is shown may be old, and nothing can be saved just now. */
export function ConnectionNote({ state }: { state: LiveState }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (state === 'live') {
      setShown(false);
      return;
    }
    // A blink while the page opens or the office restarts is no news.
    const timer = setTimeout(() => setShown(true), 4000);
    return () => clearTimeout(timer);
  }, [state]);
  if (!shown) return null;
  return (
    <div className="connection-note" role="status">
      <Icon name="warning" size={16} /> The office is not answering. What you see may be old; what you type is
      kept. Trying again…
    </div>
  );
}
