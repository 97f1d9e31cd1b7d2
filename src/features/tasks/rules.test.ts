import { expect, test } from 'vitest';
import { nextDueAt, repeatDate, repeatLabel } from './rules.ts';
import type { Repeat } from './schema.ts';

const zone = 'America/New_York';
const at = (text: string) => new Date(text);
const repeat = (every: Repeat['every'], count = 1): Repeat => ({ every, count });

test.each([
  ['day', 3, '2026-01-31', 1, '2026-02-03'],
  ['week', 2, '2026-01-31', 1, '2026-02-14'],
  ['month', 1, '2026-01-31', 1, '2026-02-28'],
  ['month', 1, '2026-01-31', 2, '2026-03-31'],
  ['month', 3, '2026-11-30', 1, '2027-02-28'],
  ['year', 1, '2028-02-29', 1, '2029-02-28'],
  ['year', 1, '2028-02-29', 4, '2032-02-29'],
] as const)('every %s × %i from %s, time %i, is %s', (every, count, from, times, expected) => {
  expect(repeatDate(from, repeat(every, count), times)).toBe(expected);
});

test('a monthly task of the 31st comes back to the 31st after February', () => {
  const february = { dueAt: '2026-02-28T22:00:00.000Z', anchoredOn: '2026-01-31', repeat: repeat('month') };
  expect(nextDueAt(february, at('2026-02-28T21:00:00Z'), zone)).toBe('2026-03-31T21:00:00.000Z');
});

test('the time on the wall stays over a clock change', () => {
  const before = { dueAt: '2026-03-07T14:00:00.000Z', anchoredOn: '2026-03-07', repeat: repeat('day') };
  expect(nextDueAt(before, at('2026-03-07T15:00:00Z'), zone)).toBe('2026-03-08T13:00:00.000Z');
});

test('done three weeks late, a daily task comes once, today', () => {
  const late = { dueAt: '2026-02-10T22:00:00.000Z', anchoredOn: '2026-02-01', repeat: repeat('day') };
  expect(nextDueAt(late, at('2026-03-03T15:00:00Z'), zone)).toBe('2026-03-03T22:00:00.000Z');
});

test('done early, it comes at the next date, not again at this one', () => {
  const early = { dueAt: '2026-03-09T21:00:00.000Z', anchoredOn: '2026-03-09', repeat: repeat('week') };
  expect(nextDueAt(early, at('2026-03-04T15:00:00Z'), zone)).toBe('2026-03-16T21:00:00.000Z');
});

test('a repeat reads as the office says it', () => {
  expect([repeatLabel(repeat('week')), repeatLabel(repeat('month', 3))]).toEqual([
    'every week',
    'every 3 months',
  ]);
});
