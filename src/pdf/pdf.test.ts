import { describe, expect, it, test } from 'vitest';
import { pdftotext, textOf } from '../../test/pdf-text.ts';
import { fitText } from './fit.ts';
import { loadFonts } from './fonts.ts';
import { avery5160, perSheet, spotOf } from './labels.ts';
import { oneLine, shownLetters } from './letters.ts';
import { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const names = [
  'Łódź, Zoë',
  'Nguyễn Thị Ánh',
  'Muñoz, José',
  'O’Brien-Šimůnek',
  'Çelik, Gülşen',
  'Ægir Þórðarson',
  'Ōtani, Ryū',
  'Ștefănescu, Ioană',
  'Ölçer-Ğüneş, İsmail',
  'Ngô Đình Khôi',
  'Ọ̀ṣun, Adébáyọ̀',
  'Папаδόπουλος, Γιώργος',
  'Straße, Finn',
  'van der Berg 12-2233 (x3)',
];

async function sheetOf(lines: readonly string[], width = 400): Promise<Buffer> {
  const sheet = new Sheet({ title: 'Names', madeAt: new Date(0), foot: 'Elm Street' });
  sheet.page();
  lines.forEach((line, i) => {
    sheet.text(line, { x: 36, y: 40 + i * 20, width, weight: i % 2 ? 'bold' : 'regular' });
  });
  return sheet.finish();
}

describe.runIf(pdftotext)('letters', () => {
  const { covers } = loadFonts();
  it('of every Latin name are there, and copy as they were typed', async () => {
    const pdf = await sheetOf(names);
    const text = textOf(pdf).normalize('NFC');
    for (const name of names) expect(text).toContain(name.normalize('NFC'));
    expect(text).not.toContain('□');
  });
  it('typed as base and mark become the one letter', () => {
    expect(oneLine('Nguye\u0302\u0303n\nA\u030angstro\u0308m')).toBe('Nguyễn Ångström');
    expect(shownLetters('e\u0301', covers)).toEqual({ text: 'é', missing: 0 });
  });
  it('that the font lacks are boxes, counted as a reader counts them, and said at the foot', async () => {
    expect(shownLetters('王小明 Wang', covers)).toEqual({ text: '□□□ Wang', missing: 3 });
    expect(shownLetters('👩‍👩‍👧 Ada', covers)).toEqual({ text: '□ Ada', missing: 1 });
    const text = textOf(await sheetOf(['محمد, Ali']));
    expect(text).toContain('□□□□, Ali');
    expect(text).toContain('stands for a letter that this font lacks');
    expect(textOf(await sheetOf(['Muñoz']))).not.toContain('stands for');
  });
  it('that turn the order or have no shape are left out', () => {
    expect(oneLine('Li\u202eda\u200b \u00adMoss\ufeff')).toBe('Lida Moss');
  });
});

describe('a text in its box', () => {
  // Every letter is half as wide as the size.
  const fitted = (text: string, more: Partial<Parameters<typeof fitText>[1]> = {}) =>
    fitText(text, { width: 50, lines: 2, size: 10, least: 8, ...more }, (part) => part.length * 0.5);
  test('that has room stands as it is', () => {
    expect(fitted('Jo Smith')).toEqual({ lines: ['Jo Smith'], size: 10, cut: false });
  });
  test('wraps at blanks and after hyphens', () => {
    expect(fitted('Joanna Smith').lines).toEqual(['Joanna', 'Smith']);
    expect(fitted('Anna-Magdalena').lines).toEqual(['Anna-', 'Magdalena']);
  });
  test('shrinks before a word is broken', () => {
    expect(fitted('Featherston Jo')).toEqual({ lines: ['Featherston', 'Jo'], size: 9, cut: false });
  });
  test('is cut with an ellipsis where nothing else helps', () => {
    const { lines, size, cut } = fitted('Wolfeschlegelsteinhausenbergerdorff the Elder');
    expect([size, cut, lines.length]).toEqual([8, true, 2]);
    expect(lines.at(-1)).toMatch(/…$/);
    for (const line of lines) expect(line.length * 0.5 * 8).toBeLessThanOrEqual(50);
  });
  test('never overflows, whatever it holds', () => {
    for (const text of ['-', '--a', 'a -b- c', '   ', 'ẵ'.repeat(90), `${'w'.repeat(13)} x`])
      for (const lines of [1, 2, 3]) {
        const found = fitted(text, { lines });
        expect(found.lines.length).toBeLessThanOrEqual(lines);
        for (const line of found.lines) expect(line.length * 0.5 * found.size).toBeLessThanOrEqual(50);
      }
  });
});

describe('Avery 5160', () => {
  test('lies where the sheet has its labels', () => {
    expect(perSheet(avery5160)).toBe(30);
    expect(spotOf(avery5160, 0)).toEqual({ page: 0, x: 13.5, y: 36 });
    expect(spotOf(avery5160, 1)).toEqual({ page: 0, x: 211.5, y: 36 });
    expect(spotOf(avery5160, 29)).toEqual({ page: 0, x: 13.5 + 2 * 198, y: 36 + 9 * 72 });
    expect(spotOf(avery5160, 30)).toEqual({ page: 1, x: 13.5, y: 36 });
    // Two edges and two gaps fill the 8.5 by 11 inches
    expect(13.5 + 2 * 198 + avery5160.width + 13.5).toBe(612);
    expect(36 + 10 * 72 + 36).toBe(792);
  });
  test('begins at any label', () => {
    expect(spotOf(avery5160, 0, 5)).toEqual({ page: 0, x: 211.5, y: 108 });
    expect(spotOf(avery5160, 1, 30)).toEqual({ page: 1, x: 13.5, y: 36 });
  });
});

describe.runIf(pdftotext)('a table', () => {
  it('goes on over pages, with its headings on each', async () => {
    const sheet = new Sheet({ title: 'Rows', madeAt: new Date(0), foot: 'Elm Street', landscape: true });
    sheet.page();
    const rows = Array.from({ length: 60 }, (_, i) => [`row ${i + 1}`, 'a reason that wraps over two lines']);
    const columns = [
      { heading: 'Who', width: 600 },
      { heading: 'Why', width: 120 },
    ];
    const nextPage = () => {
      sheet.page();
      return 40;
    };
    drawTable(sheet, { columns, rows, top: 80, nextPage });
    const pages = textOf(await sheet.finish())
      .split('\f')
      .slice(0, -1);
    expect(pages.length).toBeGreaterThan(2);
    for (const [i, page] of pages.entries()) {
      expect(page).toContain('Who');
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
    }
    for (let i = 1; i <= 60; i++) expect(pages.join('\n')).toMatch(new RegExp(`row ${i}\\n`));
  });
});
