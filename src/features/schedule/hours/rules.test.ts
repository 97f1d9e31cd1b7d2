import { describe, expect, test } from 'vitest';
import { type HoursException, type HoursInput, listHours, type WeeklyHours } from './rules.ts';

const main = { id: 'main', timeZone: 'America/New_York', name: 'Main Street' };
const west = { id: 'west', timeZone: 'America/Chicago', name: 'Westside' };
const lee = { resourceId: 'lee', name: 'Dr. Lee', siteId: null };
const room = { resourceId: 'room', name: 'Room 1', siteId: 'main' };

const weekly = (
  weekday: number,
  startsLocal: string,
  endsLocal: string,
  more: Partial<WeeklyHours> = {},
) => ({
  resourceId: 'lee',
  siteId: 'main',
  weekday,
  startsLocal,
  endsLocal,
  effectiveFrom: '2020-01-01',
  effectiveTo: null,
  ...more,
});
const exception = (more: Partial<HoursException>): HoursException => ({
  resourceId: 'lee',
  siteId: null,
  onDate: '2026-11-23',
  kind: 'closing',
  startsLocal: null,
  endsLocal: null,
  note: '',
  ...more,
});

function hours(date: string, more: Partial<HoursInput>) {
  const input = {
    resources: [lee],
    sites: [main, west],
    weekly: [],
    exceptions: [],
    closures: [],
    from: date,
    to: date,
  };
  const { available, coded, absences } = listHours({ ...input, ...more });
  const time = (ms: number) => new Date(ms).toISOString().slice(5, 16);
  return {
    open: available.map((one) => `${one.siteId} ${time(one.startMs)}-${time(one.endMs)}`),
    kept: coded.map((one) => `${one.slotCodeId} ${time(one.startMs)}-${time(one.endMs)}`),
    absent: absences.map((absence) => absence.text),
  };
}

const monday = '2026-11-23';
const nineToFive = weekly(1, '09:00', '17:00');

describe('weekly hours', () => {
  test('a Monday in winter', () => {
    expect(hours(monday, { weekly: [nineToFive] }).open).toEqual(['main 11-23T14:00-11-23T22:00']);
  });
  test('a day without hours says which weekday', () => {
    expect(hours('2026-11-24', { weekly: [nineToFive] })).toMatchObject({
      open: [],
      absent: ['Dr. Lee does not work Tuesdays'],
    });
  });
  test('nobody without hours is free', () => {
    expect(hours(monday, {}).absent).toEqual(['Dr. Lee has no hours set']);
  });
  test('hours count from their first day to their last', () => {
    const row = weekly(1, '09:00', '10:00', { effectiveFrom: '2026-11-23', effectiveTo: '2026-11-30' });
    const open = (date: string) => hours(date, { weekly: [row] }).open.length;
    expect(['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07'].map(open)).toEqual([0, 1, 1, 0]);
  });
  test('hours that overlap or touch become one', () => {
    const rows = [weekly(1, '12:00', '17:00'), weekly(1, '09:00', '12:00'), weekly(1, '10:00', '13:00')];
    expect(hours(monday, { weekly: rows }).open).toEqual(['main 11-23T14:00-11-23T22:00']);
  });
  test('a day at two sites is read in the time zone of each', () => {
    const rows = [weekly(1, '08:00', '12:00'), weekly(1, '13:00', '17:00', { siteId: 'west' })];
    expect(hours(monday, { weekly: rows }).open).toEqual([
      'main 11-23T13:00-11-23T17:00',
      'west 11-23T19:00-11-23T23:00',
    ]);
  });
  test('a room without hours of its own is there all day, on a clock change too', () => {
    const rooms = { resources: [room] };
    expect(hours(monday, rooms).open).toEqual(['main 11-23T05:00-11-24T05:00']);
    expect(hours('2026-03-08', rooms).open).toEqual(['main 03-08T05:00-03-09T04:00']);
    expect(hours('2026-11-01', rooms).open).toEqual(['main 11-01T04:00-11-02T05:00']);
  });
});

describe('clock changes', () => {
  test('hours follow the wall on both days', () => {
    const sunday = { weekly: [weekly(7, '01:00', '09:00')] };
    expect(hours('2026-03-08', sunday).open).toEqual(['main 03-08T06:00-03-08T13:00']);
    expect(hours('2026-11-01', sunday).open).toEqual(['main 11-01T05:00-11-01T14:00']);
  });
  test('hours inside the missing hour are none', () => {
    expect(hours('2026-03-08', { weekly: [weekly(7, '02:00', '03:00')] }).open).toEqual([]);
  });
});

describe('one-off openings and closings', () => {
  test('an opening adds a day that is not worked', () => {
    const saturday = exception({
      kind: 'opening',
      siteId: 'west',
      onDate: '2026-11-28',
      startsLocal: '09:00',
      endsLocal: '12:00',
    });
    expect(hours('2026-11-28', { weekly: [nineToFive], exceptions: [saturday] }).open).toEqual([
      'west 11-28T15:00-11-28T18:00',
    ]);
  });
  test('an opening without a site goes where the physician works', () => {
    const late = exception({ kind: 'opening', startsLocal: '17:00', endsLocal: '19:00' });
    expect(hours(monday, { weekly: [nineToFive], exceptions: [late] }).open).toEqual([
      'main 11-23T14:00-11-24T00:00',
    ]);
  });
  test('a closing cuts a hole', () => {
    const noon = exception({ startsLocal: '12:00', endsLocal: '13:00' });
    expect(hours(monday, { weekly: [nineToFive], exceptions: [noon] }).open).toEqual([
      'main 11-23T14:00-11-23T17:00',
      'main 11-23T18:00-11-23T22:00',
    ]);
  });
  test('a whole day off gives its note', () => {
    expect(
      hours(monday, { weekly: [nineToFive], exceptions: [exception({ note: 'conference' })] }),
    ).toMatchObject({
      open: [],
      absent: ['Dr. Lee is away: conference'],
    });
  });
  test('a closing at one site leaves the other open', () => {
    const rows = [weekly(1, '08:00', '12:00'), weekly(1, '13:00', '17:00', { siteId: 'west' })];
    expect(hours(monday, { weekly: rows, exceptions: [exception({ siteId: 'main' })] }).open).toEqual([
      'west 11-23T19:00-11-23T23:00',
    ]);
  });
  test('a closing also cuts an opening of the same day', () => {
    const both = [exception({ kind: 'opening', startsLocal: '17:00', endsLocal: '19:00' }), exception({})];
    expect(hours(monday, { weekly: [nineToFive], exceptions: both }).open).toEqual([]);
  });
});

describe('closures', () => {
  const closure = { siteId: null, onDate: monday, name: 'Founders Day' };
  test('a closed day gives its name, for people and rooms', () => {
    expect(
      hours(monday, { resources: [lee, room], weekly: [nineToFive], closures: [closure] }).absent,
    ).toEqual(['Closed: Founders Day', 'Closed: Founders Day']);
  });
  test('nobody opens on a closed day', () => {
    const opening = exception({ kind: 'opening', startsLocal: '17:00', endsLocal: '19:00' });
    expect(hours(monday, { weekly: [nineToFive], exceptions: [opening], closures: [closure] }).open).toEqual(
      [],
    );
  });
  test('one site closes alone', () => {
    const closures = [{ ...closure, siteId: 'west' }];
    expect(hours(monday, { weekly: [nineToFive], closures }).open).toHaveLength(1);
  });
  test('who is not there anyway is not there for the weekday, not for the closure', () => {
    const closures = [{ ...closure, onDate: '2026-11-24' }];
    expect(hours('2026-11-24', { weekly: [nineToFive], closures }).absent).toEqual([
      'Dr. Lee does not work Tuesdays',
    ]);
  });
});

test('hours are told by resource, then by time', () => {
  const rows = [nineToFive, weekly(2, '09:00', '10:00'), weekly(1, '08:00', '09:00', { resourceId: 'room' })];
  const input = { resources: [lee, room], sites: [main], weekly: rows, exceptions: [], closures: [] };
  const { available } = listHours({ ...input, from: monday, to: '2026-11-24' });
  expect(available.map((one) => one.resourceId)).toEqual(['lee', 'lee', 'room']);
});

describe('slot codes and weeks that take turns', () => {
  const kept = weekly(1, '09:00', '10:00', { slotCodeId: 'np' });
  const plain = weekly(1, '10:00', '17:00');
  test('a coded span is part of the hours and stands beside them', () => {
    const { open, kept: coded } = hours(monday, { weekly: [kept, plain] });
    expect([open, coded]).toEqual([['main 11-23T14:00-11-23T22:00'], ['np 11-23T14:00-11-23T15:00']]);
  });
  test('a closing cuts both, a closure takes both', () => {
    const cut = exception({ startsLocal: '09:30', endsLocal: '11:00' });
    expect(hours(monday, { weekly: [kept, plain], exceptions: [cut] }).kept).toEqual([
      'np 11-23T14:00-11-23T14:30',
    ]);
    const closures = [{ siteId: null, onDate: monday, name: 'Snow' }];
    expect(hours(monday, { weekly: [kept, plain], closures }).kept).toEqual([]);
  });
  test.each([
    ['2026-03-02', ['main 03-02T14:00-03-02T22:00']],
    ['2026-03-09', []],
    ['2026-03-16', ['main 03-16T13:00-03-16T21:00']],
    ['2026-02-16', ['main 02-16T14:00-02-16T22:00']],
    ['2026-10-26', ['main 10-26T13:00-10-26T21:00']],
    ['2026-11-02', []],
  ])('every other week from March 2 on, also before it and over both changes: %s', (date, open) => {
    const alternate = { ...nineToFive, everyWeeks: 2, weekOf: '2026-03-02' };
    expect(hours(date, { weekly: [alternate] }).open).toEqual(open);
  });
  test('the other week says so', () => {
    const alternate = { ...nineToFive, everyWeeks: 2, weekOf: '2026-03-02' };
    expect(hours('2026-03-09', { weekly: [alternate] }).absent).toEqual([
      'Dr. Lee does not work this Monday, only in other weeks',
    ]);
  });
});
