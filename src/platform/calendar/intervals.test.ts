import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intersect, mergePairs, overlaps, subtract, union } from './intervals.ts';

const pairs = (...flat: number[]) => {
  const list: { startMs: number; endMs: number }[] = [];
  for (let i = 0; i < flat.length; i += 2) list.push({ startMs: flat[i]!, endMs: flat[i + 1]! });
  return list;
};

describe('by hand', () => {
  test('pairs are sorted and merged where they overlap or touch', () => {
    expect(mergePairs(pairs(5, 7, 1, 3, 3, 4, 6, 9))).toEqual([1, 4, 5, 9]);
  });
  test('union joins', () => {
    expect(union([1, 3, 8, 9], [2, 5, 9, 10])).toEqual([1, 5, 8, 10]);
  });
  test('intersection keeps a single common point', () => {
    expect(intersect([1, 4, 6, 9], [4, 7])).toEqual([4, 4, 6, 7]);
  });
  test('subtraction cuts holes and ends', () => {
    expect(subtract([0, 10], [0, 2, 4, 5, 9, 12])).toEqual([2, 4, 5, 9]);
    expect(subtract([0, 10], [0, 10])).toEqual([]);
    expect(subtract([0, 10, 20, 30], [5, 25])).toEqual([0, 5, 25, 30]);
  });
  test('touching is not overlapping', () => {
    expect([overlaps([4, 6], 2, 4), overlaps([4, 6], 6, 8), overlaps([4, 6], 5, 7)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('against counting point by point', () => {
  const set = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 })
    .map((list) => mergePairs(list.map(([from, length]) => ({ startMs: from, endMs: from + length }))));
  // Half points tell "inside" from "at the edge"
  const points = Array.from({ length: 80 }, (_, i) => i / 2 + 0.25);
  const has = (list: readonly number[], at: number) => {
    for (let i = 0; i < list.length; i += 2) if (list[i]! <= at && at <= list[i + 1]!) return true;
    return false;
  };
  test('union, intersection and subtraction agree', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        for (const at of points) {
          expect(has(union(a, b), at)).toBe(has(a, at) || has(b, at));
          expect(has(intersect(a, b), at)).toBe(has(a, at) && has(b, at));
          expect(has(subtract(a, b), at)).toBe(has(a, at) && !has(b, at));
        }
      }),
    );
  });
});
