import { addDays, isDate, isoWeekday } from '../../../../platform/calendar/dates.ts';
import { groupBy } from '../../../../platform/calendar/group-by.ts';
import { isItsWeek } from '../../hours/rules.ts';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import { weekFaults } from '../rules.ts';
import type { HoursRow, WeekRow } from '../schema.ts';
import { parseSpans, type Span, spansText } from './spans.ts';

/** One line of the editor: a weekday at a site, in every week or some, and its hours as typed. */
export type WeekLine = {
  key: string;
  weekday: number;
  siteId: string;
  text: string;
  everyWeeks: number;
  weekOf: string | null;
};

const weekdays = [1, 2, 3, 4, 5, 6, 7];

type Coded = { startsLocal: string; endsLocal: string; slotCodeId: string | null };

/** With the code in place of its id, as it is told and typed. */
export function withCodes<Row extends Coded>(
  rows: readonly Row[],
  codes: readonly SlotCodeRow[],
): (Row & Span)[] {
  return rows.map((row) => {
    const code = codes.find((one) => one.slotCodeId === row.slotCodeId)?.code;
    return code ? { ...row, code } : row;
  });
}

type Alternating = Pick<WeekLine, 'everyWeeks' | 'weekOf'>;

/** The week in effect on a day, as lines; every weekday has at least one. */
export function linesOf(
  weekly: readonly HoursRow[],
  { onDate, siteId, codes }: { onDate: string; siteId: string; codes: readonly SlotCodeRow[] },
): WeekLine[] {
  const rows = withCodes(
    weekly.filter((row) => isInEffect(row, onDate)),
    codes,
  );
  return weekdays.flatMap((weekday) => {
    const own = rows.filter((row) => row.weekday === weekday);
    const kinds = groupBy(own, (row) => `${row.siteId} ${row.everyWeeks} ${row.weekOf ?? ''}`);
    const lines = [...kinds].map(([kind, some]) => ({
      key: `${weekday} ${kind}`,
      weekday,
      siteId: some[0]?.siteId ?? siteId,
      text: spansText(some),
      everyWeeks: some[0]?.everyWeeks ?? 1,
      weekOf: some[0]?.weekOf ?? null,
    }));
    return lines.length > 0 ? lines : [emptyLine(weekday, siteId)];
  });
}

function emptyLine(weekday: number, siteId: string): WeekLine {
  return { key: `${weekday} ${siteId}`, weekday, siteId, text: '', everyWeeks: 1, weekOf: null };
}

function isInEffect(row: HoursRow, onDate: string): boolean {
  return row.effectiveFrom <= onDate && (row.effectiveTo === null || onDate <= row.effectiveTo);
}

/** `this week and every 2nd`, `next week and every 2nd`: which weeks a row of alternate weeks holds in. */
export function alternateWords(row: Pick<WeekRow, 'everyWeeks' | 'weekOf'>, today: string): string {
  if (row.everyWeeks === 1 || row.weekOf === null) return '';
  const every = row.everyWeeks === 2 ? 'every other' : `every ${row.everyWeeks}th`;
  let weeks = 0;
  while (weeks < row.everyWeeks && !isItsWeek(row, addDays(today, 7 * weeks))) weeks += 1;
  const first = weeks === 0 ? 'this week' : weeks === 1 ? 'next week' : `in ${weeks} weeks`;
  return `${first} and ${every}`;
}

export type Weeks = 'all' | 'this' | 'next';

/** Which of the choices of the editor a line is; `own`: by a template of more weeks than two. */
export function weeksOf({ everyWeeks, weekOf }: Alternating, today: string): Weeks | 'own' {
  if (everyWeeks === 1 || weekOf === null) return 'all';
  if (everyWeeks !== 2) return 'own';
  return isItsWeek({ everyWeeks, weekOf }, today) ? 'this' : 'next';
}

export function withWeeksOf(weeks: Weeks, today: string): Alternating {
  if (weeks === 'all') return { everyWeeks: 1, weekOf: null };
  const monday = addDays(today, 1 - isoWeekday(today));
  return { everyWeeks: 2, weekOf: weeks === 'this' ? monday : addDays(monday, 7) };
}

export type ReadWeek = { rows: WeekRow[]; faults: Record<string, string> };

/** What the lines say, and what is wrong with which of them. */
export function readLines(lines: readonly WeekLine[], codes: readonly SlotCodeRow[]): ReadWeek {
  const faults: Record<string, string> = {};
  const rows: WeekRow[] = [];
  const keys: string[] = [];
  for (const line of lines) {
    const spans = parseSpans(line.text);
    if (spans === null) faults[line.key] = 'Type hours like 8-12, or 8-9 NP, 9-12, 1-5. Empty: not there.';
    const { weekday, siteId, everyWeeks, weekOf } = line;
    for (const { code, ...span } of spans ?? []) {
      const known = codes.find((one) => one.code === code);
      if (code && !known)
        faults[line.key] ??= `There is no slot code ${code}. Add it under Slot codes first.`;
      rows.push({ weekday, siteId, everyWeeks, weekOf, ...span, slotCodeId: known?.slotCodeId ?? null });
      keys.push(line.key);
    }
  }
  for (const [index, fault] of Object.entries(weekFaults(rows))) faults[keys[Number(index)] ?? ''] ??= fault;
  return { rows, faults };
}

export type Period = { from: string; to: string | null; rows: HoursRow[] };

/** The weeks one after another: each stretch of days with the same rows in effect, from today on. */
export function periodsOf(weekly: readonly HoursRow[], today: string): Period[] {
  const starts = weekly.flatMap((row) => [
    row.effectiveFrom > today ? row.effectiveFrom : today,
    ...(row.effectiveTo === null ? [] : [addDays(row.effectiveTo, 1)]),
  ]);
  const days = [...new Set(starts)].sort();
  return days.flatMap((from, index) => {
    const rows = weekly.filter((row) => isInEffect(row, from));
    const next = days[index + 1];
    return rows.length === 0 ? [] : [{ from, to: next ? addDays(next, -1) : null, rows }];
  });
}

export function fromFault(from: string): string | null {
  return isDate(from) ? null : 'Type month, day and year, like 03/14/2026.';
}
