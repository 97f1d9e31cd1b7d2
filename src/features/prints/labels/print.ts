import { avery5160, spotOf } from '../../../pdf/labels.ts';
import { Sheet } from '../../../pdf/sheet.ts';

type Options = { title: string; madeAt: Date; start: number };

/** Clear of the rounded edge, and of a feed that is a little off. */
const inset = 10;
const lineHeight = 12.4;

/** Labels of Avery 5160 from any position on, each of at most five lines, the first in bold. */
export async function drawLabels(labels: readonly (readonly string[])[], options: Options): Promise<Buffer> {
  const { start, ...rest } = options;
  const sheet = new Sheet({ ...rest, foot: null });
  let page = -1;
  labels.forEach((lines, index) => {
    const spot = spotOf(avery5160, index, start);
    if (spot.page !== page) sheet.page();
    page = spot.page;
    drawLabel(sheet, lines.slice(0, 5), spot);
  });
  return sheet.finish();
}

function drawLabel(sheet: Sheet, lines: readonly string[], { x, y }: { x: number; y: number }): void {
  const top = y + (avery5160.height - lines.length * lineHeight) / 2;
  lines.forEach((line, index) => {
    sheet.text(line, {
      x: x + inset,
      y: top + index * lineHeight,
      width: avery5160.width - 2 * inset,
      size: 9.5,
      least: 6.5,
      weight: index === 0 ? 'bold' : 'regular',
    });
  });
}
