import { describe, expect, test } from 'vitest';
import { federalHolidays } from './holidays.ts';

// Observed days as published by the U.S. Office of Personnel Management
describe.each([
  [
    2026,
    '2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25',
  ],
  [
    2027,
    '2027-01-01 2027-01-18 2027-02-15 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-10-11 2027-11-11 2027-11-25 2027-12-24',
  ],
  [
    2022,
    '2021-12-31 2022-01-17 2022-02-21 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-10-10 2022-11-11 2022-11-24 2022-12-26',
  ],
])('%i', (year, observed) => {
  test('the eleven observed days', () => {
    expect(federalHolidays(year).map((day) => day.observedOn)).toEqual(observed.split(' '));
  });
});

test('a Saturday holiday keeps its own date and is observed on Friday', () => {
  const fourth = federalHolidays(2026).find((day) => day.name === 'Independence Day');
  expect(fourth).toEqual({ name: 'Independence Day', onDate: '2026-07-04', observedOn: '2026-07-03' });
});

test('Juneteenth begins in 2021', () => {
  expect([federalHolidays(2020).length, federalHolidays(2021).length]).toEqual([10, 11]);
});
