import type { FigureRow, Figures } from './schema.ts';

/** How many of those offered were filled, in percent; null where nothing was offered. */
export function fillRate({ offered, filled }: { offered: number; filled: number }): number | null {
  return offered === 0 ? null : Math.round((filled / offered) * 100);
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept as text. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const headings = [
  'Physician',
  'Visit type',
  'Openings',
  'Offered',
  'Filled',
  'Fill rate (%)',
  'Minutes to fill (median)',
];

/** One line for each physician and visit type, and the sum. */
export function figuresCsv({ rows, all }: Figures): string {
  const lineOf = (
    physician: string,
    type: string,
    one: Omit<FigureRow, 'physicianId' | 'physicianName' | 'visitTypeId' | 'visitTypeName'>,
  ) => [physician, type, one.opened, one.offered, one.filled, fillRate(one), one.minutesToFill];
  const lines = [
    headings,
    ...rows.map((row) => lineOf(row.physicianName, row.visitTypeName, row)),
    lineOf('All', '', all),
  ];
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
