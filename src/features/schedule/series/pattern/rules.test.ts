import { describe, expect, test } from 'vitest';
import { rounds, seed } from '../../../../../test/rounds.ts';
import { isoWeekday, listDates } from '../../../../platform/calendar/dates.ts';
import { localTime } from '../../../../platform/calendar/zones.ts';
import { seeded } from '../../../../platform/random.ts';
import { wantedInstants } from '../rules.ts';
import { SeriesPattern } from '../schema.ts';
import { patternDates, patternLabel } from './rules.ts';

const pattern = (more: object) => SeriesPattern.parse({ startsOn: '2026-03-03', time: '09:00', ...more });

describe('the dates of a pattern', () => {
  test.each([
    ['physical therapy, Tue and Thu', { weekdays: [2, 4], count: 5 }, '03 05 10 12 17'],
    ['the weekday of the start', { count: 3 }, '03 10 17'],
    ['every second week', { every: 2, count: 3 }, '03 17 31'],
    [
      'every second week on two days counts calendar weeks',
      { every: 2, weekdays: [4, 2], count: 4 },
      '03 05 17 19',
    ],
    ['a start after the first weekday begins with the next', { weekdays: [1], count: 2 }, '09 16'],
    ['every third day', { unit: 'day', every: 3, count: 4 }, '03 06 09 12'],
    ['until a day, which is included', { until: '2026-03-17' }, '03 10 17'],
    ['until the day before', { until: '2026-03-16' }, '03 10'],
  ])('%s', (_, more, days) => {
    expect(patternDates(pattern(more))).toEqual(days.split(' ').map((day) => `2026-03-${day}`));
  });

  test('a month that is shorter takes its last day, and the next its own again', () => {
    const monthly = pattern({ startsOn: '2026-01-31', unit: 'month', count: 4 });
    expect(patternDates(monthly)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
  });

  test('the same weekday of the month; a fifth that is not there is the last', () => {
    const second = pattern({ startsOn: '2026-03-10', unit: 'month', monthly: 'weekday', count: 3 });
    expect(patternDates(second)).toEqual(['2026-03-10', '2026-04-14', '2026-05-12']);
    const fifth = pattern({ startsOn: '2026-03-31', unit: 'month', monthly: 'weekday', count: 3 });
    expect(patternDates(fifth)).toEqual(['2026-03-31', '2026-04-28', '2026-05-26']);
  });

  test('no pattern has more than 104 visits or reaches further than two years', () => {
    expect(patternDates(pattern({ unit: 'day', until: '2030-01-01' }))).toHaveLength(104);
    expect(patternDates(pattern({ every: 52, until: '2040-01-01' }))).toHaveLength(3);
  });

  test('is told in words', () => {
    expect(patternLabel(pattern({ weekdays: [4, 2], count: 12 }))).toBe(
      'Tue and Thu every week, 9:00 am, 12 times from Tue, Mar 3, 2026',
    );
    expect(patternLabel(pattern({ unit: 'month', monthly: 'weekday', until: '2026-09-01' }))).toBe(
      'every month on the first Tuesday, 9:00 am, until Tue, Sep 1, 2026 from Tue, Mar 3, 2026',
    );
  });
});

describe('the clock changes', () => {
  test.each([
    ['spring forward, Mar 8 2026', '2026-03-03', ['14:00', '13:00']],
    ['fall back, Nov 1 2026', '2026-10-27', ['13:00', '14:00']],
  ])('%s: nine o’clock stays nine o’clock', (_, startsOn, utc) => {
    const instants = wantedInstants(pattern({ startsOn, count: 2 }), 'America/New_York');
    expect(instants.map((at) => at.slice(11, 16))).toEqual(utc);
    expect(instants.map((at) => localTime(Date.parse(at), 'America/New_York'))).toEqual(['09:00', '09:00']);
  });

  test('a time that the clocks skip is the first that there is, that day only', () => {
    const night = pattern({ startsOn: '2026-03-07', time: '02:30', unit: 'day', count: 3 });
    const shown = wantedInstants(night, 'America/New_York').map((at) =>
      localTime(Date.parse(at), 'America/New_York'),
    );
    expect(shown).toEqual(['02:30', '03:00', '02:30']);
  });

  const zones = [
    'America/New_York',
    'America/Denver',
    'America/Phoenix',
    'Pacific/Honolulu',
    'America/St_Johns',
  ];
  const first = seed();
  test.each(Array.from({ length: rounds(40, 2000) }, (_, i) => first + i))(
    'any pattern keeps its wall time, its weekdays and its number: seed %i',
    (one) => {
      const random = seeded('pattern', one);
      const unit = random.pick(['day', 'week', 'month'] as const);
      const weekdays = unit === 'week' ? [1, 2, 3, 4, 5].filter(() => random.chance(0.4)) : [];
      const startsOn = random.pick(listDates('2026-01-01', '2027-12-31'));
      const hour = random.pick(['00', '03', '07', '12', '23']);
      const time = `${hour}:${random.pick(['00', '05', '40'])}`;
      const count = 2 + random.below(60);
      const every = 1 + random.below(3);
      const plan = SeriesPattern.parse({ startsOn, time, every, unit, weekdays, count });
      const zone = random.pick(zones);
      const dates = patternDates(plan);
      const instants = wantedInstants(plan, zone);
      expect(instants.map((at) => localTime(Date.parse(at), zone))).toEqual(dates.map(() => time));
      expect([...new Set(dates)].sort()).toEqual(dates);
      expect(dates[0]! >= startsOn && dates.length <= count).toBe(true);
      if (weekdays.length > 0) expect(dates.every((date) => weekdays.includes(isoWeekday(date)))).toBe(true);
      // Two years are the end of any pattern: what is missing lies behind it
      if (dates.length < count) expect(every * (unit === 'month' ? 30 : 7) * count).toBeGreaterThan(700);
    },
  );
});
