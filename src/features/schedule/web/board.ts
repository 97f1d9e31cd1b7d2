import { formatDuration, formatTime, localDate, localMinutes } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import type { GridBand, GridItem, GridMark } from '../../../ui/time-grid/grid-types.ts';
import { busyWords } from '../calendars/rules.ts';
import type { Busy, Coded, DaySlotCode, DayVisit, DayVisitType, Working } from '../day/schema.ts';
import type { FlowLimits } from '../flow/schema.ts';
import { codedBands, codedSpans, codeWords, cutByCode, mayBookIn, without } from './coded-bands.ts';
import { isDue, isOver, minutesOfVisit, missingOf, visitFace } from './visit-words.ts';

/** A column of the board: one physician, room or device on one date. */
export type BoardColumn = {
  id: string;
  title: string;
  subtitle: string;
  tone?: Tone;
  date: string;
  resourceId: string;
  kind: 'physician' | 'room' | 'device';
  name: string;
  /** Where a room or device stands. */
  siteId?: string;
  working: readonly Working[];
  busy?: readonly Busy[];
  coded?: readonly Coded[] | undefined;
};

/** What the board needs to know beside its visits. */
export type BoardFacts = {
  zone: string;
  nowMs: number;
  /** From when on a wait is too long. */
  limits: FlowLimits;
  types: ReadonlyMap<string, DayVisitType>;
  siteNames: ReadonlyMap<string, string>;
  slotCodes?: ReadonlyMap<string, DaySlotCode>;
  /** Physicians, rooms and devices by id. */
  names: ReadonlyMap<string, string>;
  /** The site that is looked at; times elsewhere are taken. */
  siteId?: string;
  mayMove: boolean;
  mayArrive: boolean;
  mayBlock: boolean;
  /** Who is at this desk: their holds are told from others'. */
  accountId?: string;
};

/** The id of a visit behind an item: a visit that stands in several columns has an item in each. */
export function visitIdOf(itemId: string): string {
  return itemId.split('@')[0] ?? itemId;
}

export function boardItems(
  columns: readonly BoardColumn[],
  visits: readonly DayVisit[],
  facts: BoardFacts,
): GridItem[] {
  const byPlace = new Map(columns.map((column) => [`${column.resourceId} ${column.date}`, column]));
  return visits.flatMap((visit) => {
    const date = localDate(visit.startsAt, facts.zone);
    const standsIn = visit.resourceIds.flatMap((id) => byPlace.get(`${id} ${date}`) ?? []);
    return standsIn.map((column, copy) => boardItem(visit, column, copy, facts));
  });
}

function boardItem(visit: DayVisit, column: BoardColumn, copy: number, facts: BoardFacts): GridItem {
  const face = visitFace(visit, facts);
  const type = facts.types.get(visit.visitTypeId);
  const startMinutes = localMinutes(visit.startsAt, facts.zone);
  const minutes = minutesOfVisit(visit);
  const typeName = type?.name ?? 'Visit';
  const beside = column.kind === 'physician' ? '' : (facts.names.get(visit.resourceIds[0] ?? '') ?? '');
  const over = isOver(visit.state);
  return {
    id: copy === 0 ? visit.visitId : `${visit.visitId}@${copy}`,
    columnId: column.id,
    startMinutes,
    endMinutes: Math.min(1440, startMinutes + minutes),
    // The state comes first and its sign first of all: what is cut off is the least that one needs.
    title: minutes <= 20 ? `${face.sign} ${visit.patient}` : visit.patient,
    lines: linesOf(minutes, [face.sign, face.words, typeName, beside, visit.reason ?? '']),
    label: spoken(visit, typeName, face.words, facts),
    tone: over ? 'calm' : face.tone,
    done: over,
    marks: marksOf(visit, facts),
    draggable: facts.mayMove && (visit.state === 'booked' || visit.state === 'arrived'),
    resizable: facts.mayMove && !over,
    ...(type ? { color: type.color } : {}),
    ...(visit.state === 'cancelled' || visit.state === 'no_show' ? { laneHint: 9 } : {}),
  };
}

type Words = [sign: string, state: string, type: string, beside: string, reason: string];

function linesOf(minutes: number, [sign, state, type, beside, reason]: Words): string[] {
  if (minutes <= 20) return [state, type];
  const lines = minutes < 40 ? [`${sign} ${state} · ${type}`] : [`${sign} ${state}`, type];
  return [...lines, beside, reason].filter((line) => line !== '');
}

function spoken(visit: DayVisit, typeName: string, state: string, facts: BoardFacts): string {
  const physician = facts.names.get(visit.resourceIds[0] ?? '');
  return [
    formatTime(visit.startsAt, facts.zone),
    visit.patient,
    visit.preferred && `called ${visit.preferred}`,
    typeName,
    formatDuration(minutesOfVisit(visit)),
    physician && `with ${physician}`,
    state,
    visit.overbooked && 'overbooked',
    visit.walkIn && 'walk-in',
    visit.seriesNo && `visit ${visit.seriesNo} of a series`,
    visit.pinnedBy && `on the pinboard of ${visit.pinnedBy}`,
    ...missingOf(visit),
    visit.reason,
  ]
    .filter(Boolean)
    .join(', ');
}

function marksOf(visit: DayVisit, facts: BoardFacts): GridMark[] {
  const missing = missingOf(visit);
  const pinned = visit.pinnedBy ? [`on the pinboard of ${visit.pinnedBy}`] : [];
  const words = [...(visit.overbooked ? ['overbooked'] : []), ...(isOver(visit.state) ? [] : missing)];
  const sign = `${visit.overbooked ? '⧉' : ''}${missing.length > 0 && !isOver(visit.state) ? '!' : ''}`;
  const marks: GridMark[] = words.length > 0 ? [{ sign, label: words.join(', '), tone: 'wrong' }] : [];
  for (const label of pinned) marks.push({ sign: '◆', label });
  const today = localDate(visit.startsAt, facts.zone) === localDate(facts.nowMs, facts.zone);
  if (visit.state === 'booked' && today && facts.mayArrive) {
    const due = isDue(visit, facts.nowMs);
    marks.push({ sign: '✓ In', label: 'Check in', action: 'arrive', ...(due ? { tone: 'good' } : {}) });
  }
  return marks;
}

type Span = { startMinutes: number; endMinutes: number };

const aroundTheClock = 16 * 60;

/** From the first hour of anyone to the last, a visit outside of hours included; never less than 8 to 5. */
export function boardSpan(
  columns: readonly BoardColumn[],
  items: readonly Span[],
  zone: string,
): { fromMinutes: number; toMinutes: number } {
  // A room that is there around the clock says nothing about when the office works.
  const hours = columns
    .flatMap((column) => workingSpans(column, zone))
    .filter((one) => one.endMinutes - one.startMinutes < aroundTheClock);
  const spans = [...items, ...hours];
  const from = Math.min(480, ...spans.map((span) => span.startMinutes));
  const to = Math.max(1020, ...spans.map((span) => span.endMinutes));
  return { fromMinutes: Math.floor(from / 60) * 60, toMinutes: Math.ceil(to / 60) * 60 };
}

function workingSpans(column: BoardColumn, zone: string): (Span & { siteId: string })[] {
  return column.working.map((one) => ({ ...spanOf(one, column.date, zone), siteId: one.siteId }));
}

function spanOf({ startsAt, endsAt }: Busy, date: string, zone: string): Span {
  const startMinutes = localDate(startsAt, zone) < date ? 0 : localMinutes(startsAt, zone);
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000);
  return { startMinutes, endMinutes: Math.min(1440, startMinutes + minutes) };
}

/** Off-hours, hours at another site, and free time with what fits into it. */
export function boardBands(
  columns: readonly BoardColumn[],
  items: readonly GridItem[],
  facts: BoardFacts,
  span: { fromMinutes: number; toMinutes: number },
): GridBand[] {
  const taken = new Map<string, GridItem[]>();
  for (const item of items) {
    if (item.laneHint !== 9) taken.set(item.columnId, [...(taken.get(item.columnId) ?? []), item]);
  }
  return columns.flatMap((column) => {
    const working = workingSpans(column, facts.zone);
    const here = working.filter((one) => !facts.siteId || one.siteId === facts.siteId);
    const elsewhere = working.filter((one) => facts.siteId && one.siteId !== facts.siteId);
    const whole = { startMinutes: span.fromMinutes, endMinutes: span.toMinutes };
    const busy = (column.busy ?? []).map((one) => spanOf(one, column.date, facts.zone));
    const off = without(whole, [...working, ...busy]).map((one) => band(column, one, 'off'));
    const away = elsewhere.map((one) => ({
      ...band(column, one, 'block'),
      label: `at ${facts.siteNames.get(one.siteId) ?? 'another site'}`,
    }));
    const from = firstBookable(column.date, facts);
    const free = here
      .flatMap((one) => without(one, taken.get(column.id) ?? []))
      .map((one) => ({ ...one, startMinutes: Math.max(one.startMinutes, from) }))
      .filter(isWorthIt);
    const coded = codedSpans(column, facts);
    const hints =
      column.kind === 'physician' ? free.flatMap((one) => cutByCode(one, coded)).filter(isWorthIt) : [];
    return [
      ...off,
      ...away,
      ...busy.map((one) => ({ ...band(column, one, 'block'), label: busyWords })),
      ...codedBands(column, coded, hints),
      ...hints.map((one) => ({ ...band(column, one, 'free'), label: freeWords(column, one, facts) })),
    ];
  });
}

const isWorthIt = ({ startMinutes, endMinutes }: Span) => endMinutes - startMinutes >= 10;

function band(column: BoardColumn, { startMinutes, endMinutes }: Span, kind: GridBand['kind']): GridBand {
  return { columnId: column.id, startMinutes, endMinutes, kind };
}

/** What is past cannot be booked: nothing on days gone by, today from the next five minutes on. */
function firstBookable(date: string, { nowMs, zone }: BoardFacts): number {
  const today = localDate(nowMs, zone);
  if (date !== today) return date < today ? 1440 : 0;
  return Math.ceil(localMinutes(nowMs, zone) / 5) * 5;
}

/** What may be booked into a gap: `45 min · New patient, Follow-up`, `NP · 1 h · New patient`. */
function freeWords(
  column: BoardColumn,
  { startMinutes, endMinutes, code }: Span & { code?: DaySlotCode },
  facts: BoardFacts,
): string {
  const minutes = endMinutes - startMinutes;
  const at = { date: column.date, startMinutes, facts };
  const fitting = [...facts.types.values()]
    .filter((type) => type.active && does(type, column.resourceId))
    .filter((type) => lengthFor(type, column.resourceId) <= minutes && mayBookIn(code, type, at))
    .sort((a, b) => lengthFor(b, column.resourceId) - lengthFor(a, column.resourceId))
    .slice(0, 2)
    .map((type) => type.name);
  const kept = code && codeWords(code, column.date, startMinutes, facts);
  return [kept, formatDuration(minutes), fitting.join(', ')].filter(Boolean).join(' · ');
}

export function does(type: { physicianIds: readonly string[] }, physicianId: string): boolean {
  return type.physicianIds.length === 0 || type.physicianIds.includes(physicianId);
}

export function lengthFor(
  type: { minutes: number; minutesByPhysician: Record<string, number> },
  physicianId: string,
): number {
  return type.minutesByPhysician[physicianId] ?? type.minutes;
}
