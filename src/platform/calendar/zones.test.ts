import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  dayBounds,
  isTimeZone,
  localDate,
  localMinutes,
  localTime,
  minutesLabel,
  minutesOf,
  timeLabel,
  toInstant,
} from './zones.ts';

const newYork = 'America/New_York';
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

describe('wall time to instant', () => {
  test.each([
    ['2026-01-15', '09:00', newYork, '2026-01-15T14:00', 'winter'],
    ['2026-07-15', '09:00', newYork, '2026-07-15T13:00', 'summer'],
    ['2026-03-08', '01:59', newYork, '2026-03-08T06:59', 'the last minute before spring forward'],
    ['2026-03-08', '02:00', newYork, '2026-03-08T07:00', 'the first missing minute is 3:00'],
    ['2026-03-08', '02:30', newYork, '2026-03-08T07:00', 'a missing time is 3:00, the first that exists'],
    ['2026-03-08', '03:00', newYork, '2026-03-08T07:00', 'the first minute after'],
    ['2026-11-01', '01:30', newYork, '2026-11-01T05:30', 'the earlier of the two 1:30s'],
    ['2026-11-01', '02:00', newYork, '2026-11-01T07:00', 'the first time that comes once again'],
    ['2026-11-01', '00:30', newYork, '2026-11-01T04:30', 'before fall back'],
    ['2026-11-01', '24:00', newYork, '2026-11-02T05:00', 'midnight at the end of the day'],
    ['2026-03-08', '09:00', 'America/Phoenix', '2026-03-08T16:00', 'no clock change'],
    ['2026-01-15', '09:00', 'UTC', '2026-01-15T09:00', 'UTC'],
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30', 'a gap of half an hour'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45', 'a doubled half hour'],
  ])('%s %s in %s is %s: %s', (date, time, zone, expected) => {
    expect(iso(toInstant(date, time, zone))).toBe(expected);
  });
});

test('a day of a clock change has 23 or 25 hours', () => {
  const hours = (date: string) => {
    const { startMs, endMs } = dayBounds(date, newYork);
    return (endMs - startMs) / 3_600_000;
  };
  expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-06-01')]).toEqual([23, 25, 24]);
});

test('an instant reads as the wall shows it', () => {
  const at = Date.UTC(2026, 10, 22, 3, 30);
  expect(localDate(at, newYork)).toBe('2026-11-21');
  expect(localMinutes(at, newYork)).toBe(22 * 60 + 30);
  expect(localTime(at, newYork)).toBe('22:30');
  expect(timeLabel(at, newYork)).toBe('10:30 pm');
});

test.each([
  [0, '12:00 am'],
  [59, '12:59 am'],
  [630, '10:30 am'],
  [720, '12:00 pm'],
  [825, '1:45 pm'],
])('%i minutes reads %s', (minutes, label) => {
  expect(minutesLabel(minutes)).toBe(label);
});

test.each(['9:00', '25:00', '24:01', 'noon', ''])('"%s" is no time of day', (time) => {
  expect(() => minutesOf(time)).toThrow(RangeError);
});

test('zones are known by their IANA name', () => {
  expect([isTimeZone('America/Chicago'), isTimeZone('America/Springfield')]).toEqual([true, false]);
});

test('it agrees with Temporal wherever the time exists', () => {
  const zones = [
    newYork,
    'America/Chicago',
    'America/Phoenix',
    'America/Anchorage',
    'Pacific/Honolulu',
    'Europe/London',
  ];
  const arbitrary = fc.record({
    ms: fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2045, 0) }).map((ms) => ms - (ms % 60_000)),
    zone: fc.constantFrom(...zones),
  });
  fc.assert(
    fc.property(arbitrary, ({ ms, zone }) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      expect(localDate(ms, zone)).toBe(zoned.toPlainDate().toString());
      expect(localTime(ms, zone)).toBe(zoned.toPlainTime().toString().slice(0, 5));
      const earlier = zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' });
      expect(toInstant(localDate(ms, zone), localTime(ms, zone), zone)).toBe(earlier.epochMilliseconds);
    }),
    { numRuns: 300 },
  );
});
