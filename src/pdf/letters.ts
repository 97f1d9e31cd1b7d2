/**
 * What of a text can stand on paper. A letter that the font lacks is never dropped: a box stands for it, and the
 * page says so at its foot.
 */

/** Stands for a letter that cannot be shown (U+25A1 WHITE SQUARE). */
export const missingLetter = '□';

/** Has no shape of its own, or turns the order of letters: joiners, variation selectors, direction marks. */
const shapeless = /\p{Default_Ignorable_Code_Point}/gu;
const breaks = /[\s\p{Cc}]+/gu;
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The letters as a reader counts them: a letter with its marks is one. */
export function lettersOf(text: string): string[] {
  return [...clusters.segment(text)].map((one) => one.segment);
}

const composed = (text: string) => text.normalize('NFC').replace(breaks, ' ').trim();

/** One line, composed (NFC): `a` and a combining ring are one letter, which the font draws as one. */
export function oneLine(text: string): string {
  return composed(text).replace(shapeless, '');
}

export type Shown = { text: string; missing: number };

/**
 * The text with a box for every letter that is not covered, and how many there are.
 * @param covers whether the font has a glyph of a code point
 */
export function shownLetters(text: string, covers: (codePoint: number) => boolean): Shown {
  const isCovered = (letter: string) => [...letter].every((one) => covers(one.codePointAt(0) ?? 0));
  const plain = oneLine(text);
  if (isCovered(plain)) return { text: plain, missing: 0 };
  let missing = 0;
  // Joiners go only now: the several signs that they join are one letter.
  const shown = lettersOf(composed(text)).map((cluster) => {
    const letter = cluster.replace(shapeless, '');
    if (isCovered(letter)) return letter;
    missing += 1;
    return missingLetter;
  });
  return { text: shown.join(''), missing };
}
