import { margin, Sheet } from '../../pdf/sheet.ts';
import { type Column, drawTable } from '../../pdf/table.ts';

/** The call list on paper: for a desk without its screen, and for a second phone. */

export type CallRow = {
  time: string;
  patient: string[];
  phone: string[];
  becomes: string[];
  remarks: string[];
  answer: string;
};

const columns: readonly Column[] = [
  { heading: 'Was', width: 92, weight: 'bold', lines: 2 },
  { heading: 'Patient', width: 160, weight: 'bold', lines: 3 },
  { heading: 'Phone', width: 104, lines: 2 },
  { heading: 'New time', width: 140, lines: 3 },
  { heading: 'To know', width: 132, lines: 4 },
  { heading: 'Answer', width: 92, lines: 3 },
];

export type CallListPrinted = {
  title: string;
  small: string;
  foot: string;
  madeAt: Date;
  rows: readonly CallRow[];
};

export async function drawCallList({ title, small, rows, ...options }: CallListPrinted): Promise<Buffer> {
  const sheet = new Sheet({ title, ...options, landscape: true });
  const head = (goesOn: boolean): number => {
    sheet.page();
    const width = sheet.width - 2 * margin;
    const name = goesOn ? `${title} (continued)` : title;
    sheet.text(name, { x: margin, y: margin, width, size: 16, weight: 'bold' });
    sheet.text(small, { x: margin, y: margin + 22, width, size: 9.5, gray: true });
    return margin + 42;
  };
  drawTable(sheet, {
    columns,
    rows: rows.map((row) => [row.time, row.patient, row.phone, row.becomes, row.remarks, row.answer]),
    top: head(false),
    nextPage: () => head(true),
    leastHeight: 34,
  });
  return sheet.finish();
}
