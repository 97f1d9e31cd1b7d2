import { describe, expect, test } from 'vitest';
import { firstOn, readRepeat, takeRepeat } from './rules.ts';

const start = '2026-03-03';
const weekly = { every: 1, unit: 'week', weekdays: [], monthly: 'date' };

describe('how often', () => {
  test.each<[string, object]>([
    ['weekly x6', { ...weekly, count: 6 }],
    ['weekly', { ...weekly, count: 6 }],
    ['x12 tue thu', { ...weekly, weekdays: [2, 4], count: 12 }],
    ['Tue, Thu for 6 weeks', { ...weekly, weekdays: [2, 4], until: '2026-04-13' }],
    ['tue and thu 8 times', { ...weekly, weekdays: [2, 4], count: 8 }],
    ['every tue x4', { ...weekly, weekdays: [2], count: 4 }],
    ['every other week 4x', { ...weekly, every: 2, count: 4 }],
    ['every 3 weeks x4', { ...weekly, every: 3, count: 4 }],
    ['2w x4', { ...weekly, every: 2, count: 4 }],
    ['biweekly until 5/1', { ...weekly, every: 2, until: '2026-05-01' }],
    ['weekdays x10', { ...weekly, weekdays: [1, 2, 3, 4, 5], count: 10 }],
    ['daily x5', { ...weekly, unit: 'day', count: 5 }],
    ['monthly x12', { ...weekly, unit: 'month', count: 12 }],
    ['monthly tue x3', { ...weekly, unit: 'month', monthly: 'weekday', count: 3 }],
  ])('%s', (text, expected) => {
    expect(readRepeat(text, start)).toEqual(expected);
  });

  test.each(['', 'weekly lee', 'sometimes', 'x1', 'x500', 'until 1/1/2020', 'every', 'every 99 weeks'])(
    'is not read: %s',
    (text) => {
      expect(readRepeat(text, start)).toBe(null);
    },
  );
});

test.each([
  ['weekly x6', false, 1],
  ['x6', false, 1],
  ['6x tue', false, 1],
  ['every 2 weeks', false, 3],
  ['every tue', false, 1],
  ['for 6 weeks', true, 3],
  ['for 6 weeks', false, 0],
  ['2w', false, 0],
  ['tue', false, 0],
  ['fu', true, 0],
  ['smith', false, 0],
])('in a line: %s (begun: %s) takes %i', (text, begun, taken) => {
  expect(takeRepeat(text.split(' '), 0, begun)).toBe(taken);
});

test('begins with the first day that fits', () => {
  expect([firstOn('2026-03-04', [2, 4]), firstOn('2026-03-04', []), firstOn('2026-03-04', [3])]).toEqual([
    ...['2026-03-05', '2026-03-04', '2026-03-04'],
  ]);
});
