import { describe, expect, it } from 'vitest';
import {
  compared,
  lateCancelRate,
  minutesWithin,
  none,
  noShowRate,
  nthApart,
  rangeOf,
  shareOf,
  sumOf,
  whyNotDays,
} from './rules.ts';

const of = (kept: number, noShows: number, more = {}) => ({ ...none, kept, noShows, ...more });

describe('the rates of a report', () => {
  it('count those who were expected, not those who cancelled', () => {
    expect(noShowRate(of(90, 10, { cancelledByPatient: 50, open: 7 }))).toEqual({ hits: 10, all: 100 });
    expect(noShowRate(of(8, 1, { leftUnseen: 1 }))).toEqual({ hits: 1, all: 10 });
    expect(lateCancelRate(of(90, 5, { lateCancels: 5 }))).toEqual({ hits: 5, all: 100 });
  });

  it('are none where nothing was expected', () => {
    expect(shareOf(noShowRate(none))).toBeNull();
    expect(rangeOf({ hits: 0, all: 0 })).toEqual([0, 1]);
  });

  it('lie in a range that narrows with what was seen', () => {
    const [low, high] = rangeOf({ hits: 10, all: 100 });
    // Wilson 1927, as tables give it for 10 of 100.
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.055', '0.174']);
    const wide = rangeOf({ hits: 1, all: 10 });
    expect(wide[0] < low && wide[1] > high).toBe(true);
  });

  it.each([
    ['two of three is no proof', { hits: 2, all: 3 }, 'usual'],
    ['30 of 100 is more than one in ten', { hits: 30, all: 100 }, 'higher'],
    ['1 of 200 is less than one in ten', { hits: 1, all: 200 }, 'lower'],
    ['12 of 100 is about one in ten', { hits: 12, all: 100 }, 'usual'],
    ['nothing seen says nothing', { hits: 0, all: 0 }, 'usual'],
  ] as const)('%s', (_, rate, said) => {
    expect(compared(rate, { hits: 100, all: 1000 })).toBe(said);
  });

  it('sum up', () => {
    expect(sumOf([of(1, 2), of(3, 4, { lateMoves: 1 })])).toEqual(of(4, 6, { lateMoves: 1 }));
    expect(sumOf([])).toEqual(none);
  });
});

describe('the days of a report', () => {
  it('are a year at most, the first before the last', () => {
    expect(whyNotDays({ from: '2026-01-01', to: '2026-12-31' })).toBeUndefined();
    expect(whyNotDays({ from: '2026-01-01', to: '2027-01-02' })).toContain('At most 366 days');
    expect(whyNotDays({ from: '2026-03-02', to: '2026-03-01' })).toContain('first day');
  });
});

describe('the third opening', () => {
  const at = (startMs: number, length = 30) => ({ startMs, endMs: startMs + length });
  it('is the third that could be given out after two others', () => {
    const found = [at(0), at(15), at(30), at(45), at(60), at(75)];
    expect(nthApart(found, 1)).toEqual(at(0));
    expect(nthApart(found, 3)).toEqual(at(60));
    expect(nthApart(found, 4)).toBeUndefined();
  });
  it('is found in any order', () => {
    expect(nthApart([at(90), at(0), at(30)], 2)).toEqual(at(30));
  });
});

it('minutes count as far as they lie within', () => {
  const minute = 60_000;
  const stretches = [
    { startMs: 0, endMs: 60 * minute },
    { startMs: 100 * minute, endMs: 130 * minute },
  ];
  expect(minutesWithin(stretches, { startMs: 30 * minute, endMs: 110 * minute })).toBe(40);
  expect(minutesWithin(stretches, { startMs: 60 * minute, endMs: 100 * minute })).toBe(0);
});
