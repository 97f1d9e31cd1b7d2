import { useEffect, useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { markLive, useRead } from '../../../platform/web/use-office.ts';
import { mostDuties, readToday, type TodayDuty, todayTopics, type Who } from './today-api.ts';
import { sectionOf } from './today-rules.ts';

const longestTimer = 2_000_000_000;

/** What is owed, fresh by touch and by time. The same query feeds the page and the count in the rail. */
export function useToday(
  who: Who,
  { enabled = true, whole = false }: { enabled?: boolean; whole?: boolean } = {},
) {
  const input = { query: whole ? { who, most: mostDuties } : { who } } as const;
  const read = useRead(readToday, input, { topics: todayTopics, enabled });
  const { data, dataUpdatedAt, refetch } = read;
  useEffect(() => {
    if (!data?.askAgainAt) return;
    const ahead = Date.parse(data.askAgainAt) - Date.parse(data.now) - (Date.now() - dataUpdatedAt);
    // A little after the moment: the office's clock and this one are not the same.
    const timer = setTimeout(
      () => {
        markLive(JSON.stringify([readToday.path, input, { topics: todayTopics }]));
        void refetch();
      },
      Math.min(Math.max(ahead, 0) + 250, longestTimer),
    );
    return () => clearTimeout(timer);
  });
  return read;
}

/** The office's clock, carried on by this one; moves on twice a minute. */
export function useOfficeNow(answeredNow: string | undefined, answeredAtMs: number): Date {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  const elapsed = answeredNow ? Math.max(0, Date.now() - answeredAtMs) : 0;
  return new Date((answeredNow ? Date.parse(answeredNow) : Date.now()) + elapsed);
}

export type Section = { key: TodayDuty['section']; duties: TodayDuty[] };

/** The list under its headings as of this minute: what is owed soon moves up while one looks. */
export function useSections(duties: readonly TodayDuty[], now: Date): Section[] {
  const { timeZone } = useSession();
  const sections: Section[] = [];
  for (const duty of duties) {
    const key = sectionOf(duty.dueAt, now, timeZone);
    const known = sections.find((section) => section.key === key);
    if (known) known.duties.push(duty);
    else sections.push({ key, duties: [duty] });
  }
  return sections;
}
