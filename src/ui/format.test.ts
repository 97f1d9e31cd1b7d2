import { expect, test } from 'vitest';
import {
  formatAgo,
  formatClock,
  formatCount,
  formatDate,
  formatDay,
  formatDayTime,
  formatDuration,
  formatMoney,
  formatPhone,
  localDate,
  localMinutes,
  yearsSince,
} from './format.ts';

const zone = 'America/Chicago';

test('dates read as a US office writes them', () => {
  expect(formatDate('1961-03-14')).toBe('03/14/1961');
  expect(formatDay('2023-03-14')).toBe('Tue Mar 14');
  expect(formatDay('2023-03-14', '2024-01-01')).toBe('Tue Mar 14, 2023');
  expect(formatDayTime('2023-03-14T15:15:00Z', zone)).toBe('Tue Mar 14, 10:15 am');
});

test('an instant late in the evening belongs to the local day', () => {
  expect(localDate('2026-11-24T04:30:00Z', zone)).toBe('2026-11-23');
  expect(localMinutes('2026-11-24T04:30:00Z', zone)).toBe(22 * 60 + 30);
  expect(localMinutes('2026-11-24T06:00:00Z', zone)).toBe(0);
});

test.each([
  [0, '12:00 am'],
  [615, '10:15 am'],
  [720, '12:00 pm'],
  [1439, '11:59 pm'],
])('minute %i of the day is %s', (minutes, words) => {
  expect(formatClock(minutes)).toBe(words);
});

test('durations and distances stay coarse', () => {
  expect(formatDuration(45)).toBe('45 min');
  expect(formatDuration(60)).toBe('1 h');
  expect(formatDuration(90)).toBe('1 h 30 min');
  expect(formatDuration(4320)).toBe('3 days');
  const now = '2026-11-23T16:00:00Z';
  expect(formatAgo('2026-11-23T15:48:00Z', now)).toBe('12 min ago');
  expect(formatAgo('2026-11-23T19:00:00Z', now)).toBe('in 3 h');
  expect(formatAgo(now, now)).toBe('now');
});

test('money shows cents, and the negative in parentheses', () => {
  expect(formatMoney(123450)).toBe('$1,234.50');
  expect(formatMoney(-4500)).toBe('($45.00)');
});

test('phones, ages and counts', () => {
  expect(formatPhone('+15550102233')).toBe('(555) 010-2233');
  expect(formatPhone('+442079460000')).toBe('+442079460000');
  expect(yearsSince('1961-11-23', '2026-11-23')).toBe(65);
  expect(yearsSince('1961-11-24', '2026-11-23')).toBe(64);
  expect(formatCount(1, 'note')).toBe('1 note');
  expect(formatCount(1200, 'note')).toBe('1,200 notes');
});
