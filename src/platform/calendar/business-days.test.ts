import { describe, expect, test } from 'vitest';
import { businessCalendar } from './business-days.ts';

const calendar = businessCalendar({
  timeZone: 'America/New_York',
  closedWeekdays: [6, 7],
  closures: [
    { onDate: '2026-11-26', name: 'Thanksgiving Day' },
    { onDate: '2026-11-27', name: 'Day after Thanksgiving' },
  ],
});

describe('business days added', () => {
  test.each([
    ['2026-11-24', 1, '2026-11-25', 'the next day'],
    ['2026-11-25', 1, '2026-11-30', 'over a closed Thursday and Friday and the weekend'],
    ['2026-11-30', -1, '2026-11-25', 'and back'],
    ['2026-11-28', 1, '2026-11-30', 'from a Saturday'],
    ['2026-11-28', 0, '2026-11-28', 'none leaves the date alone'],
    ['2026-11-20', 5, '2026-12-01', 'a week with a holiday'],
  ])('%s and %i is %s: %s', (date, days, expected) => {
    expect(calendar.addBusinessDays(date, days)).toBe(expected);
  });
});

test('weekends and closures are no business days, and a closure has a name', () => {
  expect(['2026-11-25', '2026-11-26', '2026-11-28'].map(calendar.isBusinessDay)).toEqual([
    true,
    false,
    false,
  ]);
  expect(calendar.closureOn('2026-11-26')).toBe('Thanksgiving Day');
  expect(calendar.closureOn('2026-11-28')).toBeNull();
});

test('the next business day is after the date', () => {
  expect(calendar.nextBusinessDay('2026-11-25')).toBe('2026-11-30');
});

test('days between count the last and not the first', () => {
  expect(calendar.businessDaysBetween('2026-11-20', '2026-11-30')).toBe(4);
  expect(calendar.businessDaysBetween('2026-11-30', '2026-11-20')).toBe(-4);
  expect(calendar.businessDaysBetween('2026-11-20', '2026-11-20')).toBe(0);
});

test('the date is that of the practice, not of Greenwich', () => {
  expect(calendar.dateAt(Date.UTC(2026, 10, 22, 3))).toBe('2026-11-21');
});

test('a calendar that is always closed says so', () => {
  const never = businessCalendar({ timeZone: 'UTC', closedWeekdays: [1, 2, 3, 4, 5, 6, 7], closures: [] });
  expect(() => never.nextBusinessDay('2026-01-01')).toThrow(RangeError);
});
