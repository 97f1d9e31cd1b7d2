import { expect, test } from 'vitest';
import { compareDuties, sectionOf } from './today-rules.ts';
import { dueWords } from './today-words.ts';

const zone = 'America/New_York';
// Wed Mar 4, 10:00 am in New York
const now = new Date('2026-03-04T15:00:00.000Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

test.each([
  [-3 * 24 * 60, 'now', '3 days late'],
  [-150, 'now', '3 h late'],
  [-12, 'now', '12 min late'],
  [3, 'now', 'in 3 min'],
  [30, 'before-noon', '10:30 am'],
  [120, 'before-noon', 'noon'],
  [240, 'today', '2:00 pm'],
  [24 * 60, 'tomorrow', '10:00 am'],
  [5 * 24 * 60, 'later', 'Mon Mar 9'],
] as const)('%i minutes on stands under %s as “%s”', (minutes, section, words) => {
  expect([sectionOf(at(minutes), now, zone), dueWords(at(minutes), now, zone).words]).toEqual([
    section,
    words,
  ]);
});

test('after noon nothing is “before noon”', () => {
  const two = new Date('2026-03-04T19:00:00.000Z');
  expect(sectionOf('2026-03-04T20:00:00.000Z', two, zone)).toBe('today');
});

test('what is owed now goes by severity, all else by its deadline', () => {
  const duty = (section: 'now' | 'today', severity: 'danger' | 'wrong' | 'calm', minutes: number) => ({
    section,
    severity,
    dueMs: Date.parse(at(minutes)),
    title: `${severity} ${minutes}`,
    key: '',
  });
  const order = (list: ReturnType<typeof duty>[]) => list.sort(compareDuties).map((one) => one.title);
  expect(order([duty('now', 'calm', -60), duty('now', 'wrong', 5)])).toEqual(['wrong 5', 'calm -60']);
  expect(order([duty('now', 'wrong', -60), duty('now', 'danger', 5)])).toEqual(['danger 5', 'wrong -60']);
  expect(order([duty('today', 'wrong', 300), duty('today', 'calm', 240)])).toEqual(['calm 240', 'wrong 300']);
});
