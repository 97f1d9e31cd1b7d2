import { timeOf, toInstant } from '../../../platform/calendar/zones.ts';
import { formatClock } from '../../../ui/format.ts';
import type { DayVisit } from '../day/schema.ts';
import type { BoardColumn, BoardFacts } from './board.ts';
import { minutesOfVisit } from './visit-words.ts';

export type Place = {
  startsAt: string;
  date: string;
  startMinutes: number;
  siteId: string;
  physicianId?: string;
  resourceIds: string[];
};

/** A point on the board as what a booking needs. */
export function placeAt(
  column: BoardColumn,
  startMinutes: number,
  { zone, siteId, siteNames }: Pick<BoardFacts, 'zone' | 'siteId' | 'siteNames'>,
): Place {
  const startsMs = toInstant(column.date, timeOf(startMinutes), zone);
  const working = column.working.find(
    (one) => Date.parse(one.startsAt) <= startsMs && startsMs < Date.parse(one.endsAt),
  );
  const site = working?.siteId ?? column.siteId ?? column.working[0]?.siteId ?? siteId;
  return {
    startsAt: new Date(startsMs).toISOString(),
    date: column.date,
    startMinutes,
    siteId: site ?? [...siteNames.keys()][0] ?? '',
    ...(column.kind === 'physician'
      ? { physicianId: column.resourceId, resourceIds: [] }
      : { resourceIds: [column.resourceId] }),
  };
}

/** The visit as it stands once it is put into a column at a minute. */
export function movedTo(
  visit: DayVisit,
  column: BoardColumn,
  startMinutes: number,
  facts: Pick<BoardFacts, 'zone' | 'siteId' | 'siteNames'> & { kinds: ReadonlyMap<string, string> },
): DayVisit {
  const place = placeAt(column, startMinutes, facts);
  const endsMs = Date.parse(place.startsAt) + minutesOfVisit(visit) * 60_000;
  const stands = visit.resourceIds.includes(column.resourceId);
  const kind = column.kind;
  const swapped = visit.resourceIds.findIndex((id) => facts.kinds.get(id) === kind);
  const resourceIds = stands
    ? visit.resourceIds
    : swapped < 0
      ? [...visit.resourceIds, column.resourceId]
      : visit.resourceIds.with(swapped, column.resourceId);
  return {
    ...visit,
    startsAt: place.startsAt,
    endsAt: new Date(endsMs).toISOString(),
    siteId: place.siteId,
    resourceIds,
  };
}

export function movedWords(column: BoardColumn, startMinutes: number, dayWords?: string): string {
  const where = column.kind === 'physician' ? `with ${column.name}` : `in ${column.name}`;
  const when = [dayWords, formatClock(startMinutes)].filter(Boolean).join(', ');
  return `Moved to ${when} ${where}`;
}
