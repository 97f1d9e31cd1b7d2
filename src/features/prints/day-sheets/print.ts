import { margin, Sheet } from '../../../pdf/sheet.ts';
import { type Column, drawTable } from '../../../pdf/table.ts';
import { countText, type DaySheet, longDate } from './rules.ts';

const columns: readonly Column[] = [
  { heading: 'Time', width: 58, weight: 'bold' },
  { heading: 'Patient', width: 146, weight: 'bold' },
  { heading: 'Born', width: 78, lines: 2 },
  { heading: 'Phone', width: 104, lines: 4 },
  { heading: 'Visit', width: 88 },
  { heading: 'Reason', width: 92 },
  { heading: 'Alerts', width: 92, lines: 8 },
  { heading: 'Notes', width: 62 },
];

export type SheetsPrinted = {
  title: string;
  /** Whose paper it is, who printed it and when. */
  foot: string;
  madeAt: Date;
  sheets: readonly DaySheet[];
  /** What stands on the only page where there is no sheet. */
  empty: string;
};

/** Each physician's day begins a page of its own. */
export async function drawDaySheets({ sheets, empty, ...options }: SheetsPrinted): Promise<Buffer> {
  const sheet = new Sheet({ ...options, landscape: true });
  for (const one of sheets) drawDay(sheet, one);
  if (sheets.length === 0) {
    sheet.page();
    const width = sheet.width - 2 * margin;
    sheet.text(options.title, { x: margin, y: margin, width, size: 16, weight: 'bold' });
    sheet.text(empty, { x: margin, y: margin + 30, width, size: 11, lines: 4 });
  }
  return sheet.finish();
}

/** A physician's day, on as many pages as it takes. */
export function drawDay(sheet: Sheet, day: DaySheet): void {
  const top = drawHead(sheet, day, false);
  if (day.visitCount === 0) {
    sheet.text('No visits on this day.', {
      x: margin,
      y: top + 4,
      width: sheet.width - 2 * margin,
      size: 11,
    });
    if (day.rows.length === 0) return;
  }
  drawTable(sheet, {
    columns,
    rows: day.rows.map((row) => [
      row.time,
      row.patient,
      row.born,
      row.phones,
      row.visit,
      row.reason,
      row.alerts,
      '',
    ]),
    top: day.visitCount === 0 ? top + 26 : top,
    nextPage: () => drawHead(sheet, day, true),
    leastHeight: 34,
  });
}

/** @returns y below it */
function drawHead(
  sheet: Sheet,
  { physician, date, hours, notes, visitCount }: DaySheet,
  goesOn: boolean,
): number {
  sheet.page();
  const width = sheet.width - 2 * margin;
  const name = goesOn ? `${physician} (continued)` : physician;
  sheet.text(name, { x: margin, y: margin, width: width * 0.6, size: 17, weight: 'bold' });
  const right = { x: margin + width * 0.6, width: width * 0.4, align: 'right' as const };
  sheet.text(longDate(date), { ...right, y: margin + 1, size: 14, weight: 'bold' });
  let y = margin + 24;
  sheet.text(hours, { x: margin, y, width: width * 0.8, size: 9.5, gray: true });
  sheet.text(countText(visitCount), { ...right, y, size: 9.5, gray: true });
  y += 15;
  if (notes.length > 0)
    y += sheet.text(notes.join(' · '), { x: margin, y, width, size: 9.5, lines: 2, gray: true });
  return y + 6;
}
