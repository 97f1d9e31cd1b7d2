import { useEffect, useRef, useState } from 'react';

/** The value once it has rested: a fast typist costs a search per pause, not per key. */
export function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, ms, value);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/** Call `take` with the first hit once the hits (`fresh`) are those of what stands in the field. */
export function useEnterWhenFresh(search: { fresh: boolean }, take: (at: number) => void) {
  const waiting = useRef(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (!search.fresh || !waiting.current) return;
    waiting.current = false;
    latest.current(0);
  }, [search.fresh]);
  return {
    enter: (at: number) => {
      if (search.fresh) take(at);
      else waiting.current = true;
    },
    /** Typing on takes an Enter back that was too early. */
    forget: () => {
      waiting.current = false;
    },
  };
}
