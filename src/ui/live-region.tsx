import { createContext, type ReactNode, useCallback, useContext, useRef } from 'react';

export type Speak = (text: string, how?: 'polite' | 'assertive') => void;

const SpeakContext = createContext<Speak>(() => {});

/** Holds the two live regions of the page. Text is written by hand so that speaking re-renders nothing. */
export function SpeakProvider({ children }: { children: ReactNode }) {
  const polite = useRef<HTMLDivElement>(null);
  const assertive = useRef<HTMLDivElement>(null);
  const speak = useCallback<Speak>((text, how = 'polite') => {
    const region = how === 'polite' ? polite.current : assertive.current;
    if (!region) return;
    // The same words twice would not be a change, and would stay unspoken.
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  }, []);
  return (
    <SpeakContext value={speak}>
      {children}
      <div ref={polite} className="ui-unseen" aria-live="polite" data-speak="polite" />
      <div ref={assertive} className="ui-unseen" aria-live="assertive" data-speak="assertive" />
    </SpeakContext>
  );
}

/** Announce a change to those who listen: `speak('Moved to 10:30 am')`. */
export function useSpeak(): Speak {
  return useContext(SpeakContext);
}
