import type { Weight } from './fonts.ts';
import { margin, type Sheet, type Text } from './sheet.ts';

export type Column = {
  heading: string;
  /** points; all of them together are the width between the margins */
  width: number;
  weight?: Weight;
  /** Lines of a cell at most; left out: 3. */
  lines?: number;
  gray?: boolean;
};
export type Table = {
  columns: readonly Column[];
  rows: readonly (readonly Text[])[];
  /** y of the headings on the page that is open */
  top: number;
  /** Draws what stands above the headings on a further page. @returns their y there */
  nextPage: () => number;
  /** No row is lower than this, e.g. for handwriting. */
  leastHeight?: number;
};

const gap = 6;
const padding = 4;
const size = 9;

/** Draw a table over as many pages as it takes, the headings on each. @returns y below it */
export function drawTable(sheet: Sheet, table: Table): number {
  let y = drawHeadings(sheet, table, table.top);
  for (const row of table.rows) {
    const height = Math.max(table.leastHeight ?? 0, heightOfRow(sheet, table, row));
    if (y + height > sheet.bottom) y = drawHeadings(sheet, table, table.nextPage());
    drawCells(sheet, table, row, y + padding);
    y += height;
    sheet.line([margin, y], [sheet.width - margin, y]);
  }
  return y;
}

function drawHeadings(sheet: Sheet, { columns }: Table, top: number): number {
  eachCell(columns, (column, x) => {
    sheet.text(column.heading, { x, y: top, width: column.width - gap, size: 8, weight: 'bold', gray: true });
  });
  sheet.line([margin, top + 13], [sheet.width - margin, top + 13], true);
  return top + 13;
}

function placeOf({ width, lines = 3, weight, gray }: Column) {
  return {
    width: width - gap,
    lines,
    size,
    least: 7,
    ...(weight ? { weight } : {}),
    ...(gray ? { gray } : {}),
  };
}

function heightOfRow(sheet: Sheet, { columns }: Table, row: readonly Text[]): number {
  const heights = columns.map((column, index) => sheet.heightOf(row[index] ?? '', placeOf(column)));
  return Math.max(...heights, size) + 2 * padding;
}

function drawCells(sheet: Sheet, { columns }: Table, row: readonly Text[], y: number): void {
  eachCell(columns, (column, x, index) => {
    sheet.text(row[index] ?? '', { x, y, ...placeOf(column) });
  });
}

function eachCell(columns: readonly Column[], draw: (column: Column, x: number, index: number) => void) {
  let x = margin;
  columns.forEach((column, index) => {
    draw(column, x, index);
    x += column.width;
  });
}
