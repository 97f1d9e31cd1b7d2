import { expect, test } from 'vitest';
import { fixedClock, systemClock } from './clock.ts';

test('a fixed clock stands still until it is set or advanced', () => {
  const clock = fixedClock('2026-03-08T06:00:00Z');
  expect(clock.now().toISOString()).toBe('2026-03-08T06:00:00.000Z');
  clock.advance(90_000);
  expect(clock.now().toISOString()).toBe('2026-03-08T06:01:30.000Z');
  clock.set(0);
  expect(clock.now().getTime()).toBe(0);
});

test('changing the date it handed out does not change the clock', () => {
  const clock = fixedClock(1000);
  clock.now().setTime(5);
  expect(clock.now().getTime()).toBe(1000);
});

test('what is not an instant is refused', () => {
  expect(() => fixedClock('soon')).toThrow(RangeError);
});

test('the system clock tells the time of the computer', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(10_000);
});
