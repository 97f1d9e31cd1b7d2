import { describe, expect, it, test } from 'vitest';
import { dueMsOf, sayTimes, stepNow, stepsFor, usualSteps } from './rules.ts';
import type { ReminderRule } from './schema.ts';

const zone = 'America/New_York';
const at = (iso: string) => Date.parse(iso);
// Fri 2026-03-06, 9:00 in New York
const visit = {
  ...{ startsAtMs: at('2026-03-06T14:00:00Z'), timeZone: zone, confirmedAt: null, hasAnswered: false },
  ...{ placedAtMs: at('2026-02-01T15:00:00Z'), doneSteps: [] as number[] },
};
const step = (now: string, more: Partial<typeof visit> | { confirmedAt: string } = {}) =>
  stepNow({ ...visit, ...more }, usualSteps, at(now))?.daysBefore ?? null;

describe('the reminder that is due', () => {
  it.each([
    ['2026-03-03T14:59:00Z', null],
    ['2026-03-03T15:00:00Z', 3],
    ['2026-03-05T14:59:00Z', 3],
    ['2026-03-05T15:00:00Z', 1],
    ['2026-03-06T11:59:00Z', 1],
    ['2026-03-06T12:01:00Z', null],
    ['2026-03-06T15:00:00Z', null],
  ])('at %s is %s', (now, expected) => {
    expect(step(now)).toBe(expected);
  });
  it('is none once it was done for this time, confirmed, or was due before the visit was booked', () => {
    expect(step('2026-03-04T15:00:00Z', { doneSteps: [3] })).toBe(null);
    expect(step('2026-03-05T16:00:00Z', { doneSteps: [3] })).toBe(1);
    expect(step('2026-03-05T16:00:00Z', { doneSteps: [1] })).toBe(null);
    expect(step('2026-03-05T16:00:00Z', { confirmedAt: '2026-03-04T10:00:00Z' })).toBe(null);
    expect(step('2026-03-05T16:00:00Z', { hasAnswered: true })).toBe(null);
    expect(step('2026-03-04T16:00:00Z', { placedAtMs: at('2026-03-04T12:00:00Z') })).toBe(null);
    expect(step('2026-03-05T16:00:00Z', { placedAtMs: at('2026-03-05T15:30:00Z') })).toBe(null);
  });
});

test('a step stands by the clock at the place of the visit, also over the change of it', () => {
  const startsAtMs = at('2026-03-09T13:00:00Z');
  expect(new Date(dueMsOf({ daysBefore: 3, at: '10:00' }, startsAtMs, zone)).toISOString()).toBe(
    '2026-03-06T15:00:00.000Z',
  );
  expect(new Date(dueMsOf({ daysBefore: 1, at: '10:00' }, startsAtMs, zone)).toISOString()).toBe(
    '2026-03-08T14:00:00.000Z',
  );
});

test('the rule that names a type holds, then the one for all, then the usual', () => {
  const rule = (visitTypeIds: string[], days: number, active = true): ReminderRule => ({
    ...{ ruleId: String(days), name: 'x', visitTypeIds, active, version: 1 },
    steps: [{ daysBefore: days, at: '09:00' }],
  });
  const first = (type: string, rules: ReminderRule[]) => stepsFor(type, rules)[0]?.daysBefore;
  expect(first('a', [])).toBe(3);
  expect(first('a', [rule(['a'], 7)])).toBe(7);
  expect(first('b', [rule(['a'], 7)])).toBe(3);
  expect(first('b', [rule(['a'], 7), rule([], 2)])).toBe(2);
  expect(first('b', [rule([], 2, false)])).toBe(undefined);
  expect(first('a', [rule(['a'], 7, false), rule([], 2)])).toBe(2);
});

test('several visits of a day are one line', () => {
  expect(sayTimes(['9:00 am'], 'and')).toBe('9:00 am');
  expect(sayTimes(['9:00 am', '10:00 am', '1:00 pm'], 'and')).toBe('9:00 am, 10:00 am and 1:00 pm');
});
