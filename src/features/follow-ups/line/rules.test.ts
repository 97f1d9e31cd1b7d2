import { describe, expect, it } from 'vitest';
import { readSaid, saysFirst, searchWindow, withoutVerb } from './rules.ts';

const today = '2026-03-04';

describe('what was said at the end of a visit', () => {
  it.each([
    ['6w', '2026-04-15', [], null, ''],
    ['3m mri first', '2026-06-04', ['mri'], null, ''],
    ['in 6 weeks, MRI first', '2026-04-15', ['MRI'], null, ''],
    ['3m MRI and labs first, urgent', '2026-06-04', ['MRI', 'labs'], 'urgent', ''],
    ['soon 10d, bring the films', '2026-03-14', [], 'soon', 'bring the films'],
    ['rtc 1y', '2027-03-04', [], null, ''],
    ['echo + stress test first', null, ['echo', 'stress test'], null, ''],
    ['', null, [], null, ''],
  ])('reads “%s”', (text, targetOn, first, priority, rest) =>
    expect(readSaid(text, today)).toMatchObject({ targetOn, first, priority, rest }),
  );

  it('is an order where the line says so', () => {
    expect(withoutVerb('smith jo rtc 6w')).toBe('smith jo  6w');
    expect(withoutVerb('smith jo fu 6w')).toBeNull();
    expect([saysFirst('mri first'), saysFirst('first'), saysFirst('')]).toEqual([true, false, false]);
  });
});

describe('where times are looked for', () => {
  const window = { earliestOn: '2026-05-22', targetOn: '2026-06-04', latestOn: '2026-06-17' };
  it.each([
    ['2026-03-04', '2026-06-04', '2026-05-22', '2026-06-17'],
    ['2026-06-10', '2026-06-10', '2026-06-10', '2026-06-17'],
    ['2026-07-01', '2026-07-01', '2026-07-01', '2026-07-29'],
  ])('on %s: around %s, from %s to %s', (on, aroundDate, from, to) =>
    expect(searchWindow(window, on)).toEqual({ aroundDate, window: { from, to } }),
  );
});
