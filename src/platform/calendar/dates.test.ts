import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonthsClamped,
  ageOn,
  dateLabel,
  dateOfDay,
  dayNumber,
  daysBetween,
  isDate,
  isoWeekday,
  listDates,
  makeDate,
} from './dates.ts';

describe('months later, to the day', () => {
  test.each([
    ['2026-11-22', 3, '2027-02-22'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-31', 12, '2027-12-31'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonthsClamped(date, months)).toBe(expected);
  });
});

describe('age', () => {
  test.each([
    ['1961-03-14', '2026-03-13', 64, 'the day before the birthday'],
    ['1961-03-14', '2026-03-14', 65, 'on the birthday'],
    ['2004-02-29', '2026-02-28', 21, 'a leap-day child on February 28'],
    ['2004-02-29', '2026-03-01', 22, 'a leap-day child on March 1'],
    ['2026-11-22', '2026-11-22', 0, 'born today'],
  ])('born %s, on %s is %i: %s', (bornOn, date, years) => {
    expect(ageOn(bornOn, date)).toBe(years);
  });
});

describe('dates that exist', () => {
  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });

  test('a day of a month is made, or null', () => {
    expect(makeDate(2026, 12, 4)).toBe('2026-12-04');
    expect(makeDate(2026, 2, 30)).toBeNull();
    expect(makeDate(2026, 0, 3)).toBeNull();
  });
});

test('weekdays are counted from Monday 1 to Sunday 7, also before 1970', () => {
  expect([isoWeekday('2026-11-22'), isoWeekday('2026-11-23'), isoWeekday('1969-12-31')]).toEqual([7, 1, 3]);
});

test('a range holds both its ends', () => {
  expect(listDates('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  expect(listDates('2026-02-27', '2026-02-26')).toEqual([]);
});

test('a label leaves out the year where it is known', () => {
  expect(dateLabel('2027-02-22', 2027)).toBe('Mon, Feb 22');
  expect(dateLabel('2027-02-22', 2026)).toBe('Mon, Feb 22, 2027');
});

test('days added are days between', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -30_000, max: 60_000 }),
      fc.integer({ min: -5000, max: 5000 }),
      (day, days) => {
        const date = dateOfDay(day);
        expect(dayNumber(date)).toBe(day);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      },
    ),
  );
});
