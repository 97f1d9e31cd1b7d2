import { z } from 'zod';
import { groupBy } from '../../../../platform/calendar/group-by.ts';
import { parseSpans, spansText } from '../../setup/web/spans.ts';
import { withCodes } from '../../setup/web/week-rows.ts';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import { templateFaults } from '../faults/rules.ts';
import { NewTemplate, type TemplateRow, type WeekTemplate } from '../schema.ts';

/** One line of the editor: a weekday of one of the weeks at a site, and its hours as typed. */
export type TemplateLine = { week: number; weekday: number; siteId: string; text: string };

const weekdays = [1, 2, 3, 4, 5, 6, 7];

export function templateValues(
  row: WeekTemplate | null,
  { siteId, codes }: { siteId: string; codes: readonly SlotCodeRow[] },
) {
  const weeks = row?.weeks ?? 1;
  const lines = Array.from({ length: weeks }, (_, index) =>
    linesOfWeek(row?.rows ?? [], index + 1, { siteId, codes }),
  );
  return { name: row?.name ?? '', weeks: String(weeks), lines: lines.flat() };
}

export type TemplateValues = ReturnType<typeof templateValues>;

type Look = { siteId: string; codes: readonly SlotCodeRow[] };

function linesOfWeek(rows: readonly TemplateRow[], week: number, { siteId, codes }: Look): TemplateLine[] {
  const coded = withCodes(
    rows.filter((row) => row.week === week),
    codes,
  );
  return weekdays.flatMap((weekday) => {
    const bySite = groupBy(
      coded.filter((row) => row.weekday === weekday),
      (row) => row.siteId,
    );
    const lines = [...bySite].map(([at, some]) => ({ week, weekday, siteId: at, text: spansText(some) }));
    return lines.length > 0 ? lines : [{ week, weekday, siteId, text: '' }];
  });
}

/** As many weeks as are wanted: new ones begin empty, those beyond are left out. */
export function withWeeks(lines: readonly TemplateLine[], weeks: number, siteId: string): TemplateLine[] {
  const left = lines.filter((line) => line.week <= weeks);
  const known = new Set(left.map((line) => line.week));
  const added = Array.from({ length: weeks }, (_, index) => index + 1).filter((week) => !known.has(week));
  return [
    ...left,
    ...added.flatMap((week) => weekdays.map((weekday) => ({ week, weekday, siteId, text: '' }))),
  ];
}

/** The hours of a day on every later workday of its week. */
export function copyToFriday(lines: readonly TemplateLine[], from: TemplateLine): TemplateLine[] {
  const own = lines.filter((line) => line.week === from.week && line.weekday === from.weekday);
  const isLater = (line: TemplateLine) =>
    line.week === from.week && line.weekday > from.weekday && line.weekday <= 5;
  const copies = weekdays
    .filter((weekday) => weekday > from.weekday && weekday <= 5)
    .flatMap((weekday) => own.map((line) => ({ ...line, weekday })));
  return sorted([...lines.filter((line) => !isLater(line)), ...copies]);
}

/** A whole week as week A. */
export function copyWeek(lines: readonly TemplateLine[], to: number): TemplateLine[] {
  const first = lines.filter((line) => line.week === 1).map((line) => ({ ...line, week: to }));
  return sorted([...lines.filter((line) => line.week !== to), ...first]);
}

function sorted(lines: TemplateLine[]): TemplateLine[] {
  return lines.sort((a, b) => a.week - b.week || a.weekday - b.weekday);
}

export type ReadLines = { rows: TemplateRow[]; faults: Record<number, string> };

/** What the lines say, and what is wrong with which of them, by index. */
export function readTemplateLines(
  lines: readonly TemplateLine[],
  codes: readonly SlotCodeRow[],
  weeks: number,
): ReadLines {
  const faults: Record<number, string> = {};
  const rows: TemplateRow[] = [];
  const from: number[] = [];
  lines.forEach(({ text, ...place }, index) => {
    const spans = parseSpans(text);
    if (spans === null) faults[index] = 'Type hours like 8-12, or 8-9 NP, 9-12, 1-5. Empty: not there.';
    for (const { code, ...span } of spans ?? []) {
      const known = codes.find((one) => one.code === code);
      if (code && !known) faults[index] ??= `There is no slot code ${code}. Add it under Slot codes first.`;
      rows.push({ ...place, ...span, slotCodeId: known?.slotCodeId ?? null });
      from.push(index);
    }
  });
  for (const [at, fault] of Object.entries(templateFaults({ weeks, rows }))) {
    const index = from[Number(at)];
    if (index !== undefined) faults[index] ??= fault;
  }
  return { rows, faults };
}

/** The form's values become what the office keeps; what cannot be read is said at its line. */
export function templateSchema(codes: readonly SlotCodeRow[]) {
  const line = z.object({ week: z.number(), weekday: z.number(), siteId: z.string(), text: z.string() });
  return z
    .object({ name: NewTemplate.shape.name, weeks: z.coerce.number(), lines: z.array(line) })
    .transform(({ name, weeks, lines }, context) => {
      const { rows, faults } = readTemplateLines(lines, codes, weeks);
      for (const [index, message] of Object.entries(faults))
        context.addIssue({ code: 'custom', path: ['lines', Number(index), 'text'], message });
      return { name, weeks, rows };
    });
}
