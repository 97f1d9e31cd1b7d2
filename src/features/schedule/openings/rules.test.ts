import { describe, expect, test } from 'vitest';
import {
  at,
  base,
  busy,
  first,
  followUp,
  hours,
  main,
  monday,
  physician,
  room,
  span,
  times,
  west,
  whys,
  withRoom,
  zone,
} from '../../../../test/openings-day.ts';
import { listDates } from '../../../platform/calendar/dates.ts';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { findOpenings } from './rules.ts';
import type { OpeningsInput } from './wish/rules.ts';

describe('where a visit may start', () => {
  test.each<[string, Partial<OpeningsInput>, string]>([
    ['on the steps inside the hours', {}, '09:00 09:15 09:30 09:45 10:00 10:15 10:30'],
    ['around what is booked', { busy: [busy('lee', '09:30', '10:15')] }, '09:00 10:15 10:30'],
    ['an end that touches a start does not clash', { busy: [busy('lee', '09:30', '11:00')] }, '09:00'],
    ['not in the past', { nowMs: at('10:01') }, '10:15 10:30'],
    ['not while the patient is elsewhere', { patientBusy: [span('09:15', '10:15')] }, '10:15 10:30'],
    [
      'within the hours asked',
      { wish: { from: monday, to: monday, timesOfDay: [{ from: '10:00', to: '10:30' }] } },
      '10:00 10:15',
    ],
    [
      'as long as this physician takes',
      { visitType: { ...followUp, minutesByPhysician: { lee: 90 } } },
      '09:00 09:15 09:30',
    ],
    [
      'buffers keep away from visits but may lie outside the hours',
      {
        visitType: { ...followUp, bufferBeforeMinutes: 15, bufferAfterMinutes: 15 },
        busy: [busy('lee', '09:45', '10:15')],
      },
      '09:00 10:30',
    ],
    [
      'hours off the steps begin at the next step',
      { available: [hours('lee', '09:10', '10:00')] },
      '09:15 09:30',
    ],
    ['an overbooking blocks like any visit', { busy: [busy('lee', '09:00', '10:30', 100)] }, '10:30'],
  ])('%s', (_, more, expected) => {
    expect(times(more)).toBe(expected);
  });

  test('a group of two takes two at once, overbookings counted', () => {
    const resources = [{ ...physician('lee', 'Dr. Lee'), capacity: 2 }];
    const one = findOpenings({ ...base, resources, busy: [busy('lee', '09:00', '11:00', 0)], limit: 1 })
      .openings[0];
    expect(one?.lanes).toEqual([1]);
    const both = [busy('lee', '09:00', '11:00', 0), busy('lee', '09:00', '10:30', 100)];
    expect(times({ resources, busy: both })).toBe('10:30');
  });
});

describe('rooms and devices', () => {
  const rooms = {
    visitType: withRoom,
    resources: [...base.resources, room('r1', 'Room 1'), room('r2', 'Room 2')],
    available: [...base.available, hours('r1', '00:00', '24:00'), hours('r2', '00:00', '24:00')],
  };
  test('the first free room is taken and named', () => {
    const opening = first({ ...rooms, busy: [busy('r1', '08:00', '09:15')] });
    expect(opening?.resourceIds).toEqual(['lee', 'r2']);
    expect(opening?.reasons.map((reason) => reason.text)).toEqual([
      'first opening with Dr. Lee',
      'Room 2 free',
    ]);
  });
  test('no room means no opening, and says so', () => {
    const full = [busy('r1', '08:00', '12:00'), busy('r2', '08:00', '12:00')];
    expect(whys({ ...rooms, busy: full })).toEqual(['No room free']);
  });
  test('two needs of the same rooms take two rooms', () => {
    const twoRooms = { ...withRoom, needs: [...withRoom.needs, ...withRoom.needs.slice(1)] };
    expect(first({ ...rooms, visitType: twoRooms })?.resourceIds).toEqual(['lee', 'r1', 'r2']);
    const half = [busy('r1', '08:00', '10:15')];
    expect(times({ ...rooms, visitType: twoRooms, busy: half })).toBe('10:15 10:30');
  });
  test('a room of another site does not help', () => {
    const elsewhere = rooms.available.map((one) =>
      one.resourceId === 'lee' ? one : { ...one, siteId: 'west' },
    );
    expect(times({ ...rooms, sites: [main, west], available: elsewhere })).toBe('');
  });
});

describe('which comes first', () => {
  const week = listDates(monday, '2026-11-27');
  const available = week.map((date) => hours('lee', '09:00', '10:00', date));
  const dates = (more: Partial<OpeningsInput>) =>
    findOpenings({ ...base, available, ...more })
      .openings.map((opening) => opening.onDate.slice(8))
      .join(' ');
  test('the earliest', () => {
    expect(dates({ limit: 4, wish: { from: monday, to: '2026-11-27' } })).toBe('23 23 23 24');
  });
  test('the nearest to the date wished, the later of two', () => {
    const wish = { from: monday, to: '2026-11-27', aroundDate: '2026-11-25' };
    expect(dates({ limit: 12, wish })).toBe('25 25 25 26 26 26 24 24 24 27 27 27');
  });
  test('only on the weekdays asked', () => {
    expect(dates({ wish: { from: monday, to: '2026-11-27', weekdays: [2] } })).toBe('24 24 24');
  });
  test('at the same time the order of the physicians stays', () => {
    const two = { resources: [physician('lee', 'Dr. Lee'), physician('fox', 'Dr. Fox')], limit: 2 };
    const both = [...base.available, hours('fox', '09:00', '10:00')];
    const found = findOpenings({ ...base, ...two, available: both }).openings;
    expect(found.map((opening) => `${opening.resourceIds[0]} ${opening.startsLocal}`)).toEqual([
      'lee 09:00',
      'fox 09:00',
    ]);
  });
});

describe('reasons', () => {
  const texts = (more: Partial<OpeningsInput>) => first(more)?.reasons.map((reason) => reason.text);
  test('three months to the day, in the morning', () => {
    const date = '2027-02-22';
    const wish = { from: date, to: date, aroundDate: date };
    const input = {
      available: [hours('lee', '09:00', '11:00', date)],
      wish,
      nowMs: at('06:00', '2026-11-22'),
    };
    expect(texts(input)).toEqual(['3 months to the day']);
  });
  test('days off the date wished', () => {
    expect(texts({ wish: { from: monday, to: monday, aroundDate: '2026-11-24' } })).toEqual([
      '1 day before the date asked',
    ]);
  });
  test('the first morning with a physician', () => {
    const timesOfDay = [{ from: '00:00', to: '12:00' }];
    expect(texts({ wish: { from: monday, to: monday, timesOfDay } })).toEqual(['first morning with Dr. Lee']);
  });
  test('a gap between two visits is filled', () => {
    const around = [busy('lee', '09:00', '09:30'), busy('lee', '10:00', '11:00')];
    expect(texts({ busy: around })).toEqual(['first opening with Dr. Lee', 'fills a gap']);
  });
});

describe('clock changes', () => {
  const allDay = (date: string) => ({ ...hours('lee', '00:00', '24:00', date) });
  const night = (date: string, stepMinutes = 30) => {
    const visitType = { ...followUp, stepMinutes };
    const wish = { from: date, to: date, timesOfDay: [{ from: '00:30', to: '04:00' }] };
    return findOpenings({ ...base, visitType, available: [allDay(date)], wish, nowMs: at('00:00', date) })
      .openings;
  };
  test('spring forward: no start between two and three', () => {
    expect(
      night('2026-03-08')
        .map((one) => one.startsLocal)
        .join(' '),
    ).toBe('00:30 01:00 01:30 03:00 03:30');
  });
  test('fall back: every start once, the first of the two', () => {
    const found = night('2026-11-01');
    expect(found.map((one) => one.startsLocal).join(' ')).toBe('00:30 01:00 01:30 02:00 02:30 03:00 03:30');
    expect(new Date(found[2]!.startsAtMs).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });
  test.each(['2026-03-08', '2026-11-01'])('on %s every label names its instant', (date) => {
    for (const one of night(date, 20))
      expect(toInstant(one.onDate, one.startsLocal, zone)).toBe(one.startsAtMs);
  });
});
