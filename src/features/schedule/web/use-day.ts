import { useEffect, useMemo, useState } from 'react';
import { useMaySession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { localDate } from '../../../ui/format.ts';
import { readDay, readWeek } from '../day/api.ts';
import type { Day, DayVisit, DayVisitType, Week } from '../day/schema.ts';
import type { FlowLimits } from '../flow/schema.ts';
import type { BoardFacts } from './board.ts';
import { usePendingVisits, withPending } from './pending-visits.ts';
import { useSetup } from './use-setup.ts';

const tickMs = 20_000;

/** The office's clock, as of the last answer and ticking since; this computer's own before there is one. */
export function useTickingNow(now: string | undefined, heardAt: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), tickMs);
    return () => clearInterval(timer);
  }, []);
  const exact = now ? Date.parse(now) + (Date.now() - heardAt) : Date.now();
  return Math.floor(exact / tickMs) * tickMs;
}

/** What a day shows: visits, held openings, pinboards, and by the set-up hours and blocked time. */
const dayTopics = ['visits', 'setup', 'holds', 'pins'];

export function useDay(date: string | undefined) {
  const session = useMaySession();
  const own = session?.timeZone ?? 'America/New_York';
  const asked = date ?? localDate(new Date(), own);
  const read = useRead(readDay, { query: { date: asked } }, { topics: dayTopics, keys: [asked] });
  useFreshWithSetup(read.refetch);
  const nowMs = useTickingNow(read.data?.now, read.dataUpdatedAt);
  return { read, asked, nowMs, own };
}

export function useWeek(physicianId: string | undefined, date: string) {
  const read = useRead(
    readWeek,
    { query: { physicianId: physicianId ?? '', date } },
    { topics: dayTopics, enabled: physicianId !== undefined },
  );
  const nowMs = useTickingNow(read.data?.now, read.dataUpdatedAt);
  return { read, nowMs };
}

/** A day listens to its own date; that the set-up changed it hears from here. */
function useFreshWithSetup(refetch: () => unknown): void {
  const { setup, ready } = useSetup();
  const [seen, setSeen] = useState(setup);
  useEffect(() => {
    if (!ready || seen === setup) return;
    if (seen.sites.length + seen.physicians.length > 0) refetch();
    setSeen(setup);
  }, [ready, setup, seen, refetch]);
}

type FactsFrom = {
  sites: Day['sites'];
  visitTypes: readonly DayVisitType[];
  slotCodes: Day['slotCodes'];
  names: ReadonlyMap<string, string>;
  zone: string;
  nowMs: number;
  limits: FlowLimits;
  siteId?: string;
};

export function useBoardFacts(from: FactsFrom): BoardFacts {
  const { sites, visitTypes, slotCodes, names, zone, nowMs, limits, siteId } = from;
  const session = useMaySession();
  const mayMove = !session || session.may('visits.move');
  const mayArrive = !session || session.may('visits.arrive');
  const mayBlock = !session || session.may('schedule.block');
  const accountId = session?.accountId;
  return useMemo(
    () => ({
      zone,
      nowMs,
      limits,
      siteId,
      names,
      mayMove,
      mayArrive,
      mayBlock,
      accountId,
      types: new Map(visitTypes.map((type) => [type.visitTypeId, type])),
      siteNames: new Map(sites.map((site) => [site.siteId, site.name])),
      slotCodes: new Map(slotCodes.map((code) => [code.slotCodeId, code])),
    }),
    // biome-ignore format: a dependency a line would be twelve
    [zone, nowMs, limits, siteId, names, mayMove, mayArrive, mayBlock, accountId, visitTypes, sites, slotCodes],
  );
}

/** The visits of an answer with what this desk has just changed. */
export function useShownVisits(
  visits: readonly DayVisit[],
  dates: readonly string[],
  zone: string,
  showsCancelled: boolean,
): DayVisit[] {
  const pending = usePendingVisits();
  const key = dates.join();
  return useMemo(() => {
    const shown = withPending(visits, pending, new Set(key.split(',')), zone);
    return showsCancelled ? shown : shown.filter((visit) => visit.state !== 'cancelled');
  }, [visits, pending, key, zone, showsCancelled]);
}

const noVisits: readonly DayVisit[] = [];

export function visitsOf(week: Week | undefined): readonly DayVisit[] {
  return week ? week.days.flatMap((day) => day.visits) : noVisits;
}
