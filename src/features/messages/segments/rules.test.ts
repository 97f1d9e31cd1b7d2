import { describe, expect, it, test } from 'vitest';
import { countSegments, transliterate } from './rules.ts';

describe('the length of a text on the air', () => {
  it.each([
    ['', 0, 'GSM-7'],
    ['a', 1, 'GSM-7'],
    ['a'.repeat(160), 1, 'GSM-7'],
    ['a'.repeat(161), 2, 'GSM-7'],
    ['a'.repeat(306), 2, 'GSM-7'],
    ['a'.repeat(307), 3, 'GSM-7'],
    ['€'.repeat(80), 1, 'GSM-7'],
    ['€'.repeat(81), 2, 'GSM-7'],
    ['ñü¿é'.repeat(40), 1, 'GSM-7'],
    ['á', 1, 'UCS-2'],
    ['á'.repeat(70), 1, 'UCS-2'],
    ['á'.repeat(71), 2, 'UCS-2'],
    ['漢'.repeat(134), 2, 'UCS-2'],
    ['漢'.repeat(135), 3, 'UCS-2'],
    ['😀'.repeat(35), 1, 'UCS-2'],
    ['😀'.repeat(36), 2, 'UCS-2'],
  ] as const)('%j takes %i in %s', (text, segments, encoding) => {
    expect(countSegments(text)).toMatchObject({ segments, encoding });
  });
  it('never cuts a letter of two places in two', () => {
    // 152 places, then one of two: it goes whole into the next part
    const text = `${'a'.repeat(152)}€${'a'.repeat(152)}`;
    expect(countSegments(text)).toMatchObject({ units: 306, segments: 3 });
    expect(countSegments(`${'á'.repeat(66)}😀${'á'.repeat(66)}`)).toMatchObject({ units: 134, segments: 3 });
  });
  it('says how much is left and which letter makes it long', () => {
    expect(countSegments('a'.repeat(150)).left).toBe(10);
    expect(countSegments('a'.repeat(200)).left).toBe(106);
    expect(countSegments('Hi Núria')).toMatchObject({ odd: 'ú', left: 62 });
  });
});

test.each([
  ['“Hi” – it’s 5…', '"Hi" - it\'s 5...'],
  ['Núria Gómez', 'Nuria Gomez'],
  ['mañana, señor, ¿sí? über Ångström', 'mañana, señor, ¿si? über Ångström'],
  ['Łódź Đorđe Œuvre', 'Lodz Dorde OEuvre'],
  ['Zoë naïve façade', 'Zoe naive facade'],
  ['non\u00a0breaking\u200b', 'non breaking'],
  ['漢字 😀', '漢字 😀'],
  ['e\u0301', 'é'],
  ['ﬁ', 'fi'],
])('%j goes out as %j', (text, expected) => {
  expect(transliterate(text)).toBe(expected);
});
