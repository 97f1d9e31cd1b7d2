import { expect, test } from 'vitest';
import { isItsWeek } from '../../hours/rules.ts';
import { linesOf, readLines, type WeekLine, weeksOf, withWeeksOf } from './week-rows.ts';

// A Wednesday, and the Monday of its week
const [today, monday] = ['2026-03-04', '2026-03-02'];
const line = (weekday: number, text: string, weeks: 'all' | 'this' | 'next' = 'all'): WeekLine => ({
  ...{ key: `${weekday} ${weeks}`, weekday, siteId: 'main', text },
  ...withWeeksOf(weeks, today),
});

test.each(['all', 'this', 'next'] as const)(
  'the choice of weeks is read again as it was made: %s',
  (weeks) => {
    const { everyWeeks, weekOf } = withWeeksOf(weeks, today);
    expect(weeksOf({ everyWeeks, weekOf }, today)).toBe(weeks);
    const holds = (date: string) => isItsWeek({ everyWeeks, weekOf }, date);
    const expected = { all: [true, true], this: [true, false], next: [false, true] }[weeks];
    expect([holds(monday), holds('2026-03-09')]).toEqual(expected);
    // Two weeks on it is the same, whatever the day it is asked on
    expect([holds('2026-03-18'), weeksOf({ everyWeeks, weekOf }, '2026-03-18')]).toEqual([
      expected[0],
      weeks,
    ]);
  },
);

test('a template of three weeks keeps its own', () => {
  expect(weeksOf({ everyWeeks: 3, weekOf: monday }, today)).toBe('own');
});

test('one weekday in two weeks has a line for each, and comes back as two lines', () => {
  const { rows, faults } = readLines([line(1, '8-12', 'this'), line(1, '1-5', 'next'), line(2, '8-5')], []);
  expect(faults).toEqual({});
  const told = rows.map(({ weekday, everyWeeks, weekOf }) => [weekday, everyWeeks, weekOf]);
  expect(told).toEqual([
    [1, 2, monday],
    [1, 2, '2026-03-09'],
    [2, 1, null],
  ]);
  const kept = rows.map((row, at) => ({
    ...row,
    ...{ hoursId: String(at), effectiveFrom: '2026-03-01', effectiveTo: null },
  }));
  const lines = linesOf(kept, { onDate: today, siteId: 'main', codes: [] });
  expect(lines.slice(0, 3).map((one) => [one.weekday, weeksOf(one, today)])).toEqual([
    [1, 'this'],
    [1, 'next'],
    [2, 'all'],
  ]);
});

test('hours of the same weeks that overlap are said at their line', () => {
  const faultsOf = (...lines: WeekLine[]) => Object.keys(readLines(lines, []).faults);
  expect(faultsOf(line(1, '8-12', 'this'), line(1, '9-10'))).toEqual(['1 all']);
  expect(faultsOf(line(1, '8-12', 'this'), line(1, '9-10', 'next'))).toEqual([]);
});
