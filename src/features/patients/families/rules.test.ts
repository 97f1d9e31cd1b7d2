import { describe, expect, it } from 'vitest';
import { comesOfAgeOn, needsGuarantor } from './rules.ts';

describe('minors', () => {
  it.each([
    ['2008-03-02', '2026-03-02'],
    ['2008-02-29', '2026-02-28'],
    ['2007-12-31', '2025-12-31'],
  ])('born %s comes of age on %s', (bornOn, expected) => {
    expect(comesOfAgeOn(bornOn)).toBe(expected);
  });

  it('need a guarantor, as a hint', () => {
    expect([needsGuarantor(17, null), needsGuarantor(18, null), needsGuarantor(null, null)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(needsGuarantor(5, { name: 'Ann' })).toBe(false);
  });
});
