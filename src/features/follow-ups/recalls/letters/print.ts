import { margin, Sheet } from '../../../../pdf/sheet.ts';
import { usPhone } from '../../../prints/people/rules.ts';
import type { Letter } from './rules.ts';

type Options = { madeAt: Date; practice: { name: string; phone: string; address: string[] } };

const side = 2 * margin;
/** Behind the window of a #10 envelope, folded in three. */
const addressTop = 150;

/** One letter a page, each in the embedded font. */
export async function drawLetters(letters: readonly Letter[], options: Options): Promise<Buffer> {
  const sheet = new Sheet({ title: 'Recall letters', madeAt: options.madeAt, foot: null });
  for (const letter of letters) drawLetter(sheet, letter, options.practice);
  return sheet.finish();
}

function drawLetter(sheet: Sheet, { address, date, paragraphs }: Letter, from: Options['practice']): void {
  sheet.page();
  const room = { x: side, width: sheet.width - 2 * side };
  let y = margin;
  y += sheet.text(from.name, { ...room, y, size: 14, least: 9, weight: 'bold' }) + 2;
  const head = [...from.address, usPhone(from.phone)].filter(Boolean);
  if (head.length > 0) sheet.text(head.join(' · '), { ...room, y, size: 9, least: 7, lines: 2, gray: true });
  y = addressTop;
  for (const line of address) y += sheet.text(line, { ...room, y, width: 260, size: 11, least: 7 });
  y = addressTop + 110;
  y += sheet.text(date, { ...room, y, size: 11 }) + 18;
  for (const paragraph of paragraphs) {
    for (const line of paragraph.split('\n')) y += sheet.text(line, { ...room, y, size: 11, lines: 6 });
    y += 10;
  }
}
