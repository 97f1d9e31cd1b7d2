import { describe, expect, it } from 'vitest';
import { custodyText, mustNotBeTold } from './rules.ts';
import { Custody } from './schema.ts';

describe('custody notes', () => {
  it('say the forbidden first', () => {
    const note = Custody.parse({
      mayBring: 'grandmother',
      mayDecide: 'Ann Doe',
      mustNotTell: ['Ray Doe'],
      courtOrder: true,
    });
    expect(custodyText(note)).toBe(
      'Custody: do NOT tell Ray Doe · Ann Doe decides · may bring: grandmother · court order on file',
    );
  });

  it('stay within what an alert holds', () => {
    const names = Array.from({ length: 6 }, (_, index) => `${'x'.repeat(110)} ${index}`);
    expect(custodyText(Custody.parse({ mustNotTell: names })).length).toBeLessThanOrEqual(300);
  });

  it('say something', () => {
    expect(Custody.safeParse({}).success).toBe(false);
  });

  it.each([
    ['Ray Doe', true],
    ['ray', true],
    ['Mr. Ray Doe', true],
    ['Doé, Ray', true],
    ['Ann Doe', false],
    ['', false],
  ])('a caller who says “%s” must not be told: %s', (caller, expected) => {
    expect(mustNotBeTold({ mustNotTell: ['Ray Doe'] }, caller)).toBe(expected);
  });
});
