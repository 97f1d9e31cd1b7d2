import { useEffect } from 'react';
import { lockSession } from './locking.ts';
import type { SessionState } from './session.tsx';

const minuteMs = 60_000;
/** As the server has it for a browser (session.ts); the page hides itself even when it asks nothing. */
const idleMinutes = 15;
/** Someone who reads for long without asking anything is still there. */
const tellMinutes = 4;

/** Hide and lock the desk when nobody has touched it; tell the office while somebody does. */
export function useIdleLock(session: SessionState): void {
  const { signedIn, hidden, hide, refresh } = session;
  useEffect(() => {
    if (!signedIn || hidden) return;
    let touchedAt = Date.now();
    let toldAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const event of events) window.addEventListener(event, touch, { passive: true });
    const timer = setInterval(() => {
      const now = Date.now();
      if (now - touchedAt > idleMinutes * minuteMs) {
        hide();
        void lockSession();
      } else if (touchedAt > toldAt && now - toldAt > tellMinutes * minuteMs) {
        toldAt = now;
        void refresh().catch(() => undefined);
      }
    }, minuteMs / 4);
    return () => {
      clearInterval(timer);
      for (const event of events) window.removeEventListener(event, touch);
    };
  }, [signedIn, hidden, hide, refresh]);
}
