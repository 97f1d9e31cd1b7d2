import { expect, test } from 'vitest';
import { moveWords, tellBy, windowOf } from './rules.ts';
import type { RescueAsked } from './schema.ts';

const timeZone = 'America/New_York';
/** Wed, Mar 4, 10:00 am */
const nowMs = Date.parse('2026-03-04T15:00:00Z');
const asked = (more: Partial<RescueAsked> = {}): RescueAsked => ({
  ...{ physicianId: '', when: 'today', minutes: 30, searchDays: 21 },
  ...more,
});
const said = (more: Partial<RescueAsked>) => {
  const { fromMs, toMs, label } = windowOf(asked(more), { nowMs, timeZone });
  return [new Date(fromMs).toISOString().slice(5, 16), new Date(toMs).toISOString().slice(5, 16), label];
};

test.each<[Partial<RescueAsked>, string[]]>([
  [{ when: 'now' }, ['03-04T15:00', '03-05T05:00', 'out from 10:00 am']],
  [{ when: 'today' }, ['03-04T15:00', '03-05T05:00', 'out today']],
  [{ when: 'afternoon' }, ['03-04T17:00', '03-05T05:00', 'out today, afternoon']],
  [{ when: 'today', date: '2026-03-06' }, ['03-06T05:00', '03-07T05:00', 'out Fri, Mar 6']],
  // The clocks change on Sunday
  [
    { when: 'days', date: '2026-03-06', toDate: '2026-03-09' },
    ['03-06T05:00', '03-10T04:00', 'out Fri, Mar 6 to Mon, Mar 9'],
  ],
  [{ when: 'late', minutes: 40 }, ['03-04T15:00', '03-04T15:40', 'late by 40 minutes']],
  [{ when: 'late', minutes: 90 }, ['03-04T15:00', '03-04T16:30', 'late by 1 hour 30 minutes']],
])('%o', (more, expected) => {
  expect(said(more)).toEqual(expected);
});

test('a day that is past, an absence that is over and days the wrong way round are refused', () => {
  expect(() => said({ date: '2026-03-03' })).toThrow('This day is past');
  expect(() => said({ when: 'days', date: '2026-03-09', toDate: '2026-03-06' })).toThrow('Look at the days');
  const absence = { startsAt: '2026-03-01T05:00:00Z', endsAt: '2026-03-03T05:00:00Z' };
  expect(() => windowOf(asked(), { nowMs, timeZone, absence })).toThrow('This absence is over');
});

test.each([
  ['2026-03-04T15:00:00Z', '2026-03-04T15:20:00Z', '20 minutes later'],
  ['2026-03-04T15:00:00Z', '2026-03-04T18:30:00Z', '3.5 h later'],
  ['2026-03-04T15:00:00Z', '2026-03-05T15:00:00Z', 'the next day, about the same time'],
  ['2026-03-06T15:00:00Z', '2026-03-09T18:00:00Z', '3 days later, 4 h later'],
  ['2026-03-06T15:00:00Z', '2026-03-04T15:30:00Z', '2 days before, about the same time'],
])('%s to %s', (from, to, expected) => {
  const moved = { fromMs: Date.parse(from), toMs: Date.parse(to), timeZone, otherPhysician: '' };
  expect(moveWords(moved)).toBe(expected);
  expect(moveWords({ ...moved, otherPhysician: 'Dr. Okoye' })).toBe(`${expected} · Dr. Okoye`);
});

test('someone must know before the old time and before the new one', () => {
  const line = { fromStartsAt: '2026-03-06T15:00:00Z', toStartsAt: '2026-03-05T15:00:00Z' };
  expect(tellBy(line)).toBe(Date.parse(line.toStartsAt));
  expect(tellBy({ ...line, toStartsAt: null })).toBe(Date.parse(line.fromStartsAt));
});
