import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { Session } from './schema.ts';

type Meant = {
  rest: string;
  physicianIds?: string[];
  siteId?: string;
  when?: { aroundDate: string } | { from: string; to: string };
};

/** The sessions that words in the line mean: each word begins one of the name. Those with a place come first. */
export function meantSessions(sessions: readonly Session[], meant: Meant): Session[] {
  const scraps = meant.rest.toLowerCase().split(/\s+/).filter(Boolean);
  const { physicianIds, siteId, when } = meant;
  const fits = (one: Session) => {
    const names = one.name.toLowerCase().split(/\s+/);
    const date = localDate(Date.parse(one.startsAt), one.timeZone);
    return (
      scraps.every((scrap) => names.some((name) => name.startsWith(scrap))) &&
      (!physicianIds || physicianIds.includes(one.physicianId)) &&
      (!siteId || one.siteId === siteId) &&
      (!when || ('aroundDate' in when ? when.aroundDate <= date : when.from <= date && date <= when.to))
    );
  };
  const found = sessions.filter(fits);
  const isOpen = (one: Session) => one.taken < one.capacity;
  return [...found.filter(isOpen), ...found.filter((one) => !isOpen(one))];
}

/** "Fri, Mar 6, 2026, 9:00 am" */
export function whenLabel({ startsAt, timeZone }: Session): string {
  const atMs = Date.parse(startsAt);
  return `${dateLabel(localDate(atMs, timeZone))}, ${timeLabel(atMs, timeZone)}`;
}
