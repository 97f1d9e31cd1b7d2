import { addDays, isDate } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { findOpenings } from '../../schedule/openings/queries.ts';
import { FindOpenings } from '../../schedule/openings/schema.ts';
import { type PageTime, type Slot, thinned } from './rules.ts';

export type Allowed = {
  visitTypeId: string;
  patientId?: string;
  /** The visit that would move. */
  ignoreVisitId?: string;
  minutes?: number;
  physicianIds?: readonly string[];
  noticeHours: number;
  daysAhead: number;
  timeZone: string;
  now: Date;
};

const most = 50;
const hourMs = 3_600_000;

function range({ now, daysAhead, timeZone }: Allowed) {
  const today = localDate(now.getTime(), timeZone);
  return { today, last: addDays(today, Math.min(daysAhead, 180)) };
}

async function search(
  db: Db,
  allowed: Allowed,
  more: { from: string; to: string; physicianIds: readonly string[] },
) {
  const { visitTypeId, patientId, ignoreVisitId, minutes, now, noticeHours } = allowed;
  const wish = FindOpenings.parse({
    ...{ visitTypeId, patientId, ignoreVisitId, minutes },
    ...more,
    physicianIds: [...more.physicianIds],
    limit: most,
  });
  const office = { now, notBeforeMs: now.getTime() + noticeHours * hourMs, nearDays: 0 };
  const { openings } = await findOpenings(db, wish, office);
  return openings.map((one): PageTime => {
    const { startsAt, endsAt, timeZone, physicianId, physicianName, siteId, siteName } = one;
    const onDate = localDate(Date.parse(startsAt), timeZone);
    return { startsAt, endsAt, timeZone, physicianId, physicianName, siteId, siteName, onDate };
  });
}

/** The first times that the practice's rules let be chosen, from a day on. */
export async function listTimes(
  db: Db,
  allowed: Allowed,
  wantedFrom: string | null,
): Promise<{ times: PageTime[]; laterFrom: string | null }> {
  const { today, last } = range(allowed);
  const from = wantedFrom && isDate(wantedFrom) && wantedFrom > today ? wantedFrom : today;
  if (from > last) return { times: [], laterFrom: null };
  const found = await search(db, allowed, { from, to: last, physicianIds: allowed.physicianIds ?? [] });
  const lastDay = found.at(-1)?.onDate;
  const isAll = found.length < most || lastDay === undefined || lastDay >= last;
  // The last day of a full answer may go on: it is shown whole with the next ones, unless it is the only one.
  const shown = isAll || lastDay === found[0]?.onDate ? found : found.filter((one) => one.onDate < lastDay);
  const shownLast = shown.at(-1)?.onDate;
  return { times: thinned(shown), laterFrom: isAll || !shownLast ? null : addDays(shownLast, 1) };
}

/** The time that was chosen, if it may be: nobody books what the search would not offer. */
export async function findTime(db: Db, allowed: Allowed, slot: Slot): Promise<PageTime | undefined> {
  const { today, last } = range(allowed);
  const date = slot.startsAt.slice(0, 10);
  const [from, to] = [addDays(date, -1), addDays(date, 1)];
  if (to < today || from > last) return undefined;
  const only = allowed.physicianIds ?? [];
  if (only.length > 0 && !only.includes(slot.physicianId)) return undefined;
  const found = await search(db, allowed, {
    from: from < today ? today : from,
    to: to > last ? last : to,
    physicianIds: [slot.physicianId],
  });
  const wanted = Date.parse(slot.startsAt);
  return found.find((one) => Date.parse(one.startsAt) === wanted && one.siteId === slot.siteId);
}
