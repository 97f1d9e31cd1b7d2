import { expect, test } from 'vitest';
import { clockMinutes, minutesClock, parseDate, parseMoney, parsePhone, parseTime } from './parse.ts';

const today = '2026-11-23';

test.each([
  ['3/4/61', '1961-03-04'],
  ['3-4-1961', '1961-03-04'],
  ['03041961', '1961-03-04'],
  ['030461', '1961-03-04'],
  ['3.4.1961', '1961-03-04'],
  [' 3 4 61 ', '1961-03-04'],
  ['mar 4 1961', '1961-03-04'],
  ['March 4th, 1961', '1961-03-04'],
  ['1961-03-04', '1961-03-04'],
  ['11/22/26', '2026-11-22'],
  ['11/24/26', '1926-11-24'],
  ['12/24', '2025-12-24'],
  ['2/29/2024', '2024-02-29'],
])('a birth date typed %j is %s', (typed, date) => {
  expect(parseDate(typed, { today, years: 'past' })).toBe(date);
});

test.each([
  ['12/24', '2026-12-24'],
  ['1/5/27', '2027-01-05'],
  ['1/2/99', '1999-01-02'],
  ['today', today],
  ['tomorrow', '2026-11-24'],
  ['+3d', '2026-11-26'],
  ['+2w', '2026-12-07'],
  ['+3m', '2027-02-23'],
  ['+ 1y', '2027-11-23'],
])('a date near today typed %j is %s', (typed, date) => {
  expect(parseDate(typed, { today })).toBe(date);
});

test('the end of a month stays in its month', () => {
  expect(parseDate('+1m', { today: '2027-01-31' })).toBe('2027-02-28');
});

test.each([
  '',
  '13/1/2020',
  '2/30/2020',
  '2/29/2023',
  'soon',
  '3',
  '3/4/61x',
  '99999999',
  'foo 3 1990',
  '3/4/196',
])('a date typed %j is not one', (typed) => {
  expect(parseDate(typed, { today })).toBeNull();
});

test.each([
  ['9', '09:00'],
  ['915', '09:15'],
  ['9:15a', '09:15'],
  ['9:15 AM', '09:15'],
  ['9.15', '09:15'],
  ['1p', '13:00'],
  ['1', '13:00'],
  ['130', '13:30'],
  ['6', '18:00'],
  ['7', '07:00'],
  ['1a', '01:00'],
  ['01:30', '01:30'],
  ['1015', '10:15'],
  ['1330', '13:30'],
  ['12', '12:00'],
  ['12a', '00:00'],
  ['12p', '12:00'],
  ['12:30 p.m.', '12:30'],
  ['noon', '12:00'],
])('a time typed %j is %s', (typed, time) => {
  expect(parseTime(typed)).toBe(time);
});

test.each(['', '25', '9:75', '13p', 'x', '10:5', '99999'])('a time typed %j is not one', (typed) => {
  expect(parseTime(typed)).toBeNull();
});

test('minutes of the day and the clock agree', () => {
  expect(clockMinutes('10:15')).toBe(615);
  expect(minutesClock(615)).toBe('10:15');
});

test.each([
  ['555 010 2233', '+15550102233'],
  ['(555) 010-2233', '+15550102233'],
  ['1-555-010-2233', '+15550102233'],
  ['+44 20 7946 0000', '+442079460000'],
  ['555', null],
  ['call me', null],
])('a phone typed %j is %s', (typed, phone) => {
  expect(parsePhone(typed)).toBe(phone);
});

test.each([
  ['$1,234.5', 123450],
  ['45', 4500],
  ['.75', 75],
  ['(12.00)', -1200],
  ['-3', -300],
  ['0', 0],
  ['', null],
  ['1.234', null],
  ['ten', null],
])('money typed %j is %s cents', (typed, cents) => {
  expect(parseMoney(typed)).toBe(cents);
});
