/** Which characters a TrueType font has, read from its `cmap` (OpenType specification, cmap: formats 4 and 12). */

export type Covers = (codePoint: number) => boolean;

type Range = { from: number; to: number };

/** @throws Error where the font has no Unicode table in one of these formats */
export function readCoverage(font: Buffer): Covers {
  const cmap = findTable(font, 'cmap');
  const ranges = readRanges(font, cmap);
  return (codePoint) => isIn(ranges, codePoint);
}

function findTable(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let i = 0; i < count; i++) {
    const at = 12 + i * 16;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  throw new Error(`The font has no table ${tag}.`);
}

/** Of the font's tables of characters the one that holds most: format 12 knows all of Unicode, format 4 a part. */
function readRanges(font: Buffer, cmap: number): Range[] {
  const count = font.readUInt16BE(cmap + 2);
  const tables = Array.from({ length: count }, (_, i) => cmap + font.readUInt32BE(cmap + 8 + i * 8));
  const ofFormat = (format: number) => tables.find((at) => font.readUInt16BE(at) === format);
  const full = ofFormat(12);
  if (full !== undefined) return readFormat12(font, full);
  const basic = ofFormat(4);
  if (basic !== undefined) return readFormat4(font, basic);
  throw new Error('The font has no table of Unicode characters in format 4 or 12.');
}

function readFormat12(font: Buffer, at: number): Range[] {
  const count = font.readUInt32BE(at + 12);
  return Array.from({ length: count }, (_, i) => {
    const group = at + 16 + i * 12;
    return { from: font.readUInt32BE(group), to: font.readUInt32BE(group + 4) };
  });
}

function readFormat4(font: Buffer, at: number): Range[] {
  const doubled = font.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const ranges = Array.from({ length: doubled / 2 }, (_, i) => ({
    from: font.readUInt16BE(starts + i * 2),
    to: font.readUInt16BE(ends + i * 2),
  }));
  // The last segment is 0xffff, which is no character.
  return ranges.filter((range) => range.from !== 0xffff);
}

function isIn(ranges: readonly Range[], codePoint: number): boolean {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) return false;
    if (codePoint < range.from) high = middle - 1;
    else if (codePoint > range.to) low = middle + 1;
    else return true;
  }
  return false;
}
