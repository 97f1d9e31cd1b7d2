/**
 * How long a text message is on the air. The GSM 03.38 alphabet (3GPP TS 23.038, 6.2.1) takes 160 letters in one
 * part, 153 in each of several; one letter outside it turns the whole into UCS-2: 70, or 67 in each of several.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes two places: an escape goes before it. */
const extended = '\f^{}\\[~]|€';

const basicSet = new Set(basic);
const extendedSet = new Set(extended);

export type Segments = {
  encoding: 'GSM-7' | 'UCS-2';
  /** places that it takes, of 7 bits or of 16 */
  units: number;
  segments: number;
  /** places left in the last part */
  left: number;
  /** the first letter that is not of the alphabet; '' */
  odd: string;
};

export function countSegments(text: string): Segments {
  const odd = [...text].find((letter) => !basicSet.has(letter) && !extendedSet.has(letter));
  if (odd !== undefined) {
    const segments =
      text.length <= 70
        ? Math.min(1, text.length)
        : partsOf(
            [...text].map((one) => one.length),
            67,
          );
    return {
      encoding: 'UCS-2',
      units: text.length,
      segments,
      left: leftOf(text.length, segments, 70, 67),
      odd,
    };
  }
  const places = [...text].map((letter) => (extendedSet.has(letter) ? 2 : 1));
  const units = places.reduce((sum: number, one) => sum + one, 0);
  const segments = units <= 160 ? Math.min(1, units) : partsOf(places, 153);
  return { encoding: 'GSM-7', units, segments, left: leftOf(units, segments, 160, 153), odd: '' };
}

/** A letter of two places is never cut: it goes whole into the next part. */
function partsOf(places: readonly number[], most: number): number {
  let parts = 1;
  let taken = 0;
  for (const one of places) {
    if (taken + one > most) {
      parts += 1;
      taken = 0;
    }
    taken += one;
  }
  return parts;
}

function leftOf(units: number, segments: number, alone: number, each: number): number {
  return Math.max(0, segments <= 1 ? alone - units : segments * each - units);
}

const instead: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u200b': '',
  '\ufeff': '',
  '\u00ad': '',
  '\t': ' ',
  '©': '(c)',
  '®': '(r)',
  '™': 'TM',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '×': 'x',
  '°': ' deg',
  º: 'o',
  ª: 'a',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  İ: 'I',
  '✓': 'OK',
  '→': '->',
  '←': '<-',
  '≥': '>=',
  '≤': '<=',
};

/**
 * The same in letters of the alphabet, where there are such: typographic quotes become plain, marks that it does not
 * have fall off (á → a, but é, ñ and ü stay). What nothing stands for (an emoji, 漢) stays: the text is then UCS-2.
 */
export function transliterate(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => {
      if (basicSet.has(letter) || extendedSet.has(letter)) return letter;
      const known = instead[letter];
      if (known !== undefined) return known;
      const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
      return bare !== '' && [...bare].every((one) => basicSet.has(one)) ? bare : letter;
    })
    .join('');
}
