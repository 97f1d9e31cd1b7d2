/** Where labels and cards lie on their sheets, in points from the page's upper left corner. */

const inch = 72;

export type Layout = {
  columns: number;
  rows: number;
  /** Of one label. */
  width: number;
  height: number;
  /** From the page's corner to that of the first label. */
  left: number;
  top: number;
  /** From one label's corner to that of the next. */
  across: number;
  down: number;
};

/** Avery 5160: 30 address labels, 1" by 2 5/8". */
export const avery5160: Layout = {
  columns: 3,
  rows: 10,
  width: 2.625 * inch,
  height: 1 * inch,
  left: 0.1875 * inch,
  top: 0.5 * inch,
  across: 2.75 * inch,
  down: 1 * inch,
};

/** Avery 5371: 10 business cards, 2" by 3 1/2", without gaps. */
export const avery5371: Layout = {
  columns: 2,
  rows: 5,
  width: 3.5 * inch,
  height: 2 * inch,
  left: 0.75 * inch,
  top: 0.5 * inch,
  across: 3.5 * inch,
  down: 2 * inch,
};

export type Spot = { page: number; x: number; y: number };

export const perSheet = ({ columns, rows }: Layout) => columns * rows;

/**
 * Where the nth label (from 0) lies when the first goes on position `start` of the first sheet (from 1, by rows);
 * further sheets begin at their first label.
 */
export function spotOf(layout: Layout, index: number, start = 1): Spot {
  const at = start - 1 + index;
  const onSheet = at % perSheet(layout);
  const column = onSheet % layout.columns;
  const row = Math.floor(onSheet / layout.columns);
  return {
    page: Math.floor(at / perSheet(layout)),
    x: layout.left + column * layout.across,
    y: layout.top + row * layout.down,
  };
}
