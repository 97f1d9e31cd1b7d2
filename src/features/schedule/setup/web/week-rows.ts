import { addDays, isDate } from '../../../../platform/calendar/dates.ts';
import { weekFaults } from '../rules.ts';
import type { HoursRow, WeekRow } from '../schema.ts';
import { parseSpans, spansText } from './spans.ts';

/** One line of the editor: a weekday at a site, and its hours as typed. */
export type WeekLine = { key: string; weekday: number; siteId: string; text: string };

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** The week in effect on a day, as lines; every weekday has at least one. */
export function linesOf(weekly: readonly HoursRow[], onDate: string, siteId: string): WeekLine[] {
  const rows = weekly.filter((row) => isInEffect(row, onDate));
  return weekdays.flatMap((weekday) => {
    const own = rows.filter((row) => row.weekday === weekday);
    const sites = [...new Set(own.map((row) => row.siteId))];
    return (sites.length > 0 ? sites : [siteId]).map((at) => ({
      key: `${weekday} ${at}`,
      weekday,
      siteId: at,
      text: spansText(own.filter((row) => row.siteId === at)),
    }));
  });
}

function isInEffect(row: HoursRow, onDate: string): boolean {
  return row.effectiveFrom <= onDate && (row.effectiveTo === null || onDate <= row.effectiveTo);
}

export type ReadWeek = { rows: WeekRow[]; faults: Record<string, string> };

/** What the lines say, and what is wrong with which of them. */
export function readLines(lines: readonly WeekLine[]): ReadWeek {
  const faults: Record<string, string> = {};
  const rows: WeekRow[] = [];
  const keys: string[] = [];
  for (const line of lines) {
    const spans = parseSpans(line.text);
    if (spans === null) faults[line.key] = 'Type hours like 8-12, or 8-12, 1-5. Empty: not there.';
    for (const span of spans ?? []) {
      rows.push({ weekday: line.weekday, siteId: line.siteId, ...span });
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
