import { describe, expect, it } from 'vitest';
import { actOnOf, bookingSeverity, dateAfter, firstSeverity, usualNextTry, windowAround } from './rules.ts';
import type { Priority } from './schema.ts';

describe('the time of a follow-up', () => {
  it.each([
    ['6w', '2026-04-15'],
    ['3m', '2026-06-04'],
    ['3 months', '2026-06-04'],
    ['10d', '2026-03-14'],
    ['1y', '2027-03-04'],
    ['0w', null],
    ['soon', null],
  ])('%s from March 4', (span, date) => expect(dateAfter('2026-03-04', span)).toBe(date));

  it.each([
    ['2026-03-18', '2026-03-16', '2026-03-20'],
    ['2026-04-15', '2026-04-09', '2026-04-21'],
    ['2026-06-04', '2026-05-22', '2026-06-17'],
    ['2027-03-04', '2027-02-04', '2027-04-01'],
    ['2026-03-05', '2026-03-04', '2026-03-07'],
  ])('a window around %s grows with the time, and never begins before it was ordered', (target, from, to) =>
    expect(windowAround('2026-03-04', target)).toEqual({ earliestOn: from, latestOn: to }),
  );

  const acting = { orderedOn: '2026-03-04', earliestOn: '2026-05-22', nextTryOn: null };
  it.each<[Priority, string]>([
    ['routine', '2026-05-01'],
    ['soon', '2026-04-24'],
    ['urgent', '2026-03-04'],
  ])('%s: work from', (priority, on) => expect(actOnOf({ ...acting, priority })).toBe(on));

  it('is work on the day it was ordered where the window is near, and later where a try was set', () => {
    expect(actOnOf({ ...acting, priority: 'routine', earliestOn: '2026-03-16' })).toBe('2026-03-04');
    expect(actOnOf({ ...acting, priority: 'routine', nextTryOn: '2026-05-09' })).toBe('2026-05-09');
    expect(actOnOf({ ...acting, priority: 'routine', nextTryOn: '2026-03-09' })).toBe('2026-05-01');
  });
});

describe('how pressing it is', () => {
  const window = { earliestOn: '2026-05-22', targetOn: '2026-06-04', latestOn: '2026-06-17' };
  it.each<[Priority, string, string]>([
    ['routine', '2026-05-21', 'calm'],
    ['routine', '2026-05-22', 'wait'],
    ['routine', '2026-06-17', 'wait'],
    ['routine', '2026-06-18', 'wrong'],
    ['soon', '2026-06-04', 'wrong'],
    ['urgent', '2026-03-04', 'wait'],
    ['urgent', '2026-05-22', 'wrong'],
  ])('%s on %s: %s', (priority, today, tone) =>
    expect(bookingSeverity({ priority, ...window }, today)).toBe(tone),
  );

  it.each([
    ['2026-03-11', 'calm'],
    ['2026-03-07', 'wait'],
    ['2026-03-05', 'wrong'],
  ])('what is missing before a visit on %s: %s', (on, tone) =>
    expect(firstSeverity(on, '2026-03-04')).toBe(tone),
  );

  it('tries again tomorrow after no answer, in three days after a message, and by itself after a refusal never', () => {
    const next = (outcome: Parameters<typeof usualNextTry>[0]) => usualNextTry(outcome, '2026-03-04');
    expect([next('no-answer'), next('left-message'), next('refused')]).toEqual([
      '2026-03-05',
      '2026-03-07',
      null,
    ]);
  });
});
