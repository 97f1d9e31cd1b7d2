import { describe, expect, test } from 'vitest';
import { fitCells, logOddsOf, shareOfOdds } from './fitting/rules.ts';
import { isDueToLearn, learn, markOf, type RiskFacts, standingOf, thresholdOf, tryOn } from './rules.ts';
import type { Levels, RiskCell, RiskModel } from './schema.ts';

const usual: Levels = {
  ...{ past: 'kept', last: 'other', late: '0', lead: '8', type: 'fu', weekday: '2', hour: '10' },
};
const cell = (levels: Partial<Levels>, visits: number, missed: number, held = false): RiskCell => ({
  ...{ ...usual, ...levels, visits, missed, held },
});

describe('what is learned', () => {
  const cells = [
    cell({}, 800, 40),
    cell({ past: 'often' }, 100, 40),
    cell({ lead: '31' }, 200, 30),
    cell({ past: 'often', lead: '31' }, 40, 24),
  ];
  const fitted = fitCells(cells);
  const share = (levels: Partial<Levels>) => shareOfOdds(logOddsOf(fitted, { ...usual, ...levels }));

  test('comes near the shares that were seen', () => {
    expect(share({})).toBeCloseTo(0.05, 1);
    expect(share({ past: 'often' })).toBeCloseTo(0.38, 1);
    expect(share({ past: 'often', lead: '31' })).toBeGreaterThan(0.5);
  });
  test('expects as many as were missed', () => {
    const expected = cells.reduce((sum, one) => sum + one.visits * shareOfOdds(logOddsOf(fitted, one)), 0);
    expect(expected).toBeCloseTo(134, 4);
  });
  test('is the same for the same cells in any order', () => {
    const other = fitCells([...cells].reverse());
    for (const [key, weight] of fitted.weights) expect(other.weights.get(key)).toBeCloseTo(weight, 9);
  });
  test('says little of what was seen seldom', () => {
    const few = fitCells([cell({}, 1000, 50), cell({ past: 'often' }, 1, 1)]);
    expect(shareOfOdds(logOddsOf(few, { ...usual, past: 'often' }))).toBeLessThan(0.12);
  });
  test('takes nothing from the days that are held out', () => {
    const days = {
      ...{ learnedFrom: '2024-01-01', heldOutFrom: '2025-10-01', yesterday: '2025-12-31' },
      dayBeforeHeldOut: '2025-09-30',
    };
    const one = learn(cells, days);
    const other = learn([...cells, cell({ past: 'often' }, 50, 50, true)], days);
    expect(other.weights).toEqual(one.weights);
    expect([one.heldOut.visits, other.heldOut.visits, other.heldOut.missed]).toEqual([0, 50, 50]);
  });
});

test.each<[string, { share: number; visits: number }[], number | null]>([
  [
    'a tenth and no more',
    [
      { share: 0.5, visits: 6 },
      { share: 0.4, visits: 4 },
      { share: 0.1, visits: 90 },
    ],
    0.4,
  ],
  [
    'less where the next are too many',
    [
      { share: 0.5, visits: 6 },
      { share: 0.4, visits: 14 },
      { share: 0.1, visits: 80 },
    ],
    0.5,
  ],
  [
    'none where the first are too many',
    [
      { share: 0.5, visits: 30 },
      { share: 0.1, visits: 70 },
    ],
    null,
  ],
  ['none of nothing', [], null],
])('%s are marked', (_, list, threshold) => {
  expect(thresholdOf(list.map((one) => ({ ...one, missed: 0 })))).toBe(threshold);
});

describe('how good it is', () => {
  const list = [
    { share: 0.5, visits: 10, missed: 6 },
    { share: 0.2, visits: 40, missed: 4 },
    { share: 0.1, visits: 50, missed: 0 },
  ];
  const tried = tryOn(list, 0.5);
  test('is told of the marked, and of all', () => {
    expect(tried).toMatchObject({ visits: 100, missed: 10, marked: { visits: 10, missed: 6 } });
  });
  test('counts pairs in the right order', () => {
    // 6 stand above 86 of the 90 kept and level with 4; 4 above 50 and level with 36
    expect(tried.order).toBeCloseTo((6 * (86 + 2) + 4 * (50 + 18)) / (10 * 90), 12);
    expect(tryOn([{ share: 0.3, visits: 10, missed: 2 }], null).order).toBe(0.5);
    expect(tryOn([{ share: 0.3, visits: 10, missed: 0 }], null).order).toBeNull();
  });
  test('is told by tenths, in which every visit stands once', () => {
    expect(tried.tenths[0]).toEqual({ visits: 10, missed: 6, expected: 5 });
    expect(tried.tenths.reduce((sum, one) => sum + one.visits, 0)).toBe(100);
    expect(tried.tenths.reduce((sum, one) => sum + one.missed, 0)).toBe(10);
  });
});

const stretch = { from: '2024-01-01', to: '2025-12-31' };
const model = (
  more: Partial<Record<'learned' | 'heldOut' | 'marked', [visits: number, missed: number]>>,
): RiskModel => {
  const pair = ([visits, missed]: [number, number]) => ({ visits, missed });
  return {
    base: -2.5,
    weights: [
      { factor: 'past', level: 'often', weight: 1.2, visits: 9, missed: 4 },
      { factor: 'last', level: 'missed', weight: 0.4, visits: 9, missed: 4 },
      { factor: 'lead', level: '31', weight: 0.6, visits: 9, missed: 4 },
      { factor: 'weekday', level: '1', weight: 0.05, visits: 9, missed: 4 },
      { factor: 'type', level: 'fu', weight: -0.5, visits: 9, missed: 4 },
    ],
    threshold: 0.3,
    learned: { ...stretch, ...pair(more.learned ?? [2000, 120]) },
    heldOut: {
      ...{ ...stretch, ...pair(more.heldOut ?? [400, 24]), order: 0.7, tenths: [] },
      marked: pair(more.marked ?? [40, 10]),
    },
  };
};

test.each<[string, Parameters<typeof model>[0] | null, string]>([
  ['marks that did better', {}, 'marks'],
  ['never learned', null, 'not-yet'],
  ['too few to learn from', { learned: [499, 120] }, 'too-few'],
  ['too few of them missed', { learned: [2000, 29] }, 'too-few'],
  ['too few to try it on', { heldOut: [99, 20] }, 'too-few'],
  ['too few missed to try it on', { heldOut: [400, 9] }, 'too-few'],
  ['marks as good as chance', { marked: [40, 4] }, 'no-better'],
  ['marks so few that it may be chance', { marked: [19, 19] }, 'no-better'],
  ['marks worse than chance', { marked: [40, 0] }, 'no-better'],
])('of %s it is said', (_, more, standing) => {
  expect(standingOf(more && model(more))).toBe(standing);
});

describe('a mark', () => {
  const facts = (more: Partial<RiskFacts> = {}, levels: Partial<Levels> = {}): RiskFacts => ({
    ...{ levels: { ...usual, ...levels }, typeName: 'Follow-up', leadDays: 12 },
    ...{ toldBefore: 5, missedBefore: 2, lateBefore: 0, ...more },
  });
  test('tells its reasons, the weightiest first', () => {
    const mark = markOf(model({}), facts({ leadDays: 41 }, { past: 'often', lead: '31', last: 'missed' }));
    expect(mark?.reasons).toEqual([
      'missed 2 of 5 visits in two years, the last one too',
      'booked 41 days ahead',
    ]);
    expect(mark?.share).toBeCloseTo(shareOfOdds(-2.5 + 1.2 + 0.4 + 0.6 - 0.5), 12);
  });
  test('names nothing that hardly counts or speaks for coming', () => {
    const likely = { ...model({}), threshold: 0.01 };
    expect(markOf(likely, facts({}, { weekday: '1' }))?.reasons).toEqual([]);
  });
  test('is none below the line, and none where there is no line', () => {
    expect(markOf(model({}), facts())).toBeNull();
    expect(markOf({ ...model({}), threshold: null }, facts({}, { past: 'often', lead: '31' }))).toBeNull();
  });
});

test.each<[string, Parameters<typeof isDueToLearn>[0], boolean]>([
  ['at once where nothing was learned', { hours: null, minutes: 720, standing: 'not-yet' }, true],
  ['not by day', { hours: 20, minutes: 720, standing: 'marks' }, false],
  ['at night', { hours: 20, minutes: 130, standing: 'marks' }, true],
  ['once a night', { hours: 2, minutes: 200, standing: 'marks' }, false],
  ['by day after nights that were missed', { hours: 80, minutes: 720, standing: 'no-better' }, true],
  ['every hour while there is little', { hours: 1, minutes: 720, standing: 'too-few' }, true],
])('it is learned %s', (_, due, is) => {
  expect(isDueToLearn(due)).toBe(is);
});
