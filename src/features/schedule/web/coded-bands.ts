import { timeOf, toInstant } from '../../../platform/calendar/zones.ts';
import { localDate, localMinutes } from '../../../ui/format.ts';
import type { GridBand } from '../../../ui/time-grid/grid-types.ts';
import type { Coded, DaySlotCode, DayVisitType } from '../day/schema.ts';
import type { BoardColumn, BoardFacts } from './board.ts';

/** Hours that carry a slot code, as the grid draws them. */

type Span = { startMinutes: number; endMinutes: number };
export type CodedSpan = Span & { code: DaySlotCode };

/** The parts of a span that none of the others covers. */
export function without(span: Span, others: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let at = span.startMinutes;
  for (const other of [...others].sort((a, b) => a.startMinutes - b.startMinutes)) {
    if (other.endMinutes <= at || other.startMinutes >= span.endMinutes) continue;
    if (other.startMinutes > at) rest.push({ startMinutes: at, endMinutes: other.startMinutes });
    at = Math.max(at, other.endMinutes);
  }
  if (at < span.endMinutes) rest.push({ startMinutes: at, endMinutes: span.endMinutes });
  return rest;
}

/** The coded hours of a column, by time; where another site is looked at, none. */
export function codedSpans(column: BoardColumn, facts: BoardFacts): CodedSpan[] {
  const spans = (column.coded ?? []).flatMap((one) => {
    const code = facts.slotCodes?.get(one.slotCodeId);
    const isHere = !facts.siteId || one.siteId === facts.siteId;
    return code && isHere ? [{ ...minutesOf(one, column.date, facts.zone), code }] : [];
  });
  return spans.sort((a, b) => a.startMinutes - b.startMinutes);
}

function minutesOf({ startsAt, endsAt }: Coded, date: string, zone: string): Span {
  const startMinutes = localDate(startsAt, zone) < date ? 0 : localMinutes(startsAt, zone);
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000);
  return { startMinutes, endMinutes: Math.min(1440, startMinutes + minutes) };
}

/** A free stretch cut where a code begins or ends, each part with its code. */
export function cutByCode(free: Span, coded: readonly CodedSpan[]): (Span & { code?: DaySlotCode })[] {
  const edges = coded.flatMap((one) => [one.startMinutes, one.endMinutes]);
  const inside = edges.filter((at) => free.startMinutes < at && at < free.endMinutes);
  const cuts = [...new Set([free.startMinutes, ...inside, free.endMinutes])].sort((a, b) => a - b);
  return cuts.slice(1).map((endMinutes, index) => {
    const startMinutes = cuts[index] ?? free.startMinutes;
    const own = coded.find((one) => one.startMinutes <= startMinutes && endMinutes <= one.endMinutes);
    return { startMinutes, endMinutes, ...(own ? { code: own.code } : {}) };
  });
}

/** Whether the time has been released to every visit by now. */
export function isReleased(
  code: DaySlotCode,
  date: string,
  startMinutes: number,
  facts: BoardFacts,
): boolean {
  if (code.releaseHours === null) return false;
  const startsMs = toInstant(date, timeOf(startMinutes), facts.zone);
  return startsMs <= facts.nowMs + code.releaseHours * 3_600_000;
}

/** Whether visits of a type may be booked there now. */
export function mayBookIn(
  code: DaySlotCode | undefined,
  type: Pick<DayVisitType, 'visitTypeId'>,
  at: { date: string; startMinutes: number; facts: BoardFacts },
): boolean {
  if (!code || code.visitTypeIds.length === 0 || code.visitTypeIds.includes(type.visitTypeId)) return true;
  return isReleased(code, at.date, at.startMinutes, at.facts);
}

/** `NP`, `URG, released`. */
export function codeWords(code: DaySlotCode, date: string, startMinutes: number, facts: BoardFacts): string {
  const released = code.visitTypeIds.length > 0 && isReleased(code, date, startMinutes, facts);
  return released ? `${code.code}, released` : code.code;
}

/** The colored ground behind visits; the code stands on it where no free stretch tells it. */
export function codedBands(
  column: BoardColumn,
  coded: readonly CodedSpan[],
  told: readonly Span[],
): GridBand[] {
  return coded.map(({ startMinutes, endMinutes, code }) => {
    const isTold = told.some((one) => one.startMinutes < endMinutes && one.endMinutes > startMinutes);
    return {
      ...{ columnId: column.id, startMinutes, endMinutes, kind: 'coded' as const, color: code.color },
      ...(isTold ? {} : { label: code.code }),
    };
  });
}

/** What is spoken of a point in the grid: `kept for NP, New patients`. */
export function spokenCode(column: BoardColumn, startMinutes: number, facts: BoardFacts): string {
  const at = codedSpans(column, facts).find(
    (one) => one.startMinutes <= startMinutes && startMinutes < one.endMinutes,
  );
  if (!at) return '';
  const released = isReleased(at.code, column.date, startMinutes, facts);
  return `${released ? 'released from' : 'kept for'} ${at.code.code}, ${at.code.name}`;
}
