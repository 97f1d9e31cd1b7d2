import { useEffect, useRef, useState } from 'react';
import { localDate } from '../../../platform/calendar/zones.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { listRecentPatients, type PatientHit, searchPatients } from '../api.ts';

/** Today on the practice's wall. */
export function useToday(): string {
  const { timeZone } = useSession();
  return localDate(Date.now(), timeZone);
}

/** The value once it has rested: a fast typist costs a search per pause, not per key. */
export function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(setRested, ms, value);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

export type PatientSearch = {
  hits: readonly PatientHit[];
  /** The hits are those of what stands in the field now. */
  fresh: boolean;
  /** Nothing is typed: the hits are those whom this account saw last. */
  recent: boolean;
  error: string | undefined;
};

const restMs = 60;

/** People for what is typed, as it is typed; those seen last while nothing is. */
export function usePatientSearch(typed: string, limit = 10): PatientSearch {
  const text = typed.trim();
  const asked = useRested(text, restMs);
  const recent = text === '';
  const search = useRead(
    searchPatients,
    { body: { text: asked, limit } },
    { topics: ['patients'], enabled: asked !== '' },
  );
  const latest = useRead(listRecentPatients, {}, { topics: ['patients'], enabled: recent });
  const answer = recent ? latest : search;
  return {
    hits: answer.data?.hits ?? [],
    fresh: recent || (asked === text && !search.isPlaceholderData && search.data !== undefined),
    recent,
    error: answer.error?.message,
  };
}

/** Call `take` with the first hit once the hits are those of what stands in the field. */
export function useEnterWhenFresh(search: Pick<PatientSearch, 'fresh'>, take: (at: number) => void) {
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
