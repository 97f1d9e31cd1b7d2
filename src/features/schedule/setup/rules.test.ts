import { describe, expect, it } from 'vitest';
import { findOutside } from './outside/rules.ts';
import { exceptionFaults, weekFaults, weekPlan } from './rules.ts';

const row = (weekday: number, startsLocal: string, endsLocal: string, siteId = 'elm') => ({
  weekday,
  siteId,
  startsLocal,
  endsLocal,
});

describe('a week of hours', () => {
  it('stands with mornings and afternoons apart', () => {
    expect(
      weekFaults([row(1, '08:00', '12:00'), row(1, '12:00', '17:00'), row(2, '08:00', '24:00')]),
    ).toEqual({});
  });
  it('has its end after its start', () => {
    expect(weekFaults([row(1, '12:00', '08:00')])[0]).toBe('8:00 am is not after 12:00 pm.');
  });
  it('puts nobody in two places at once', () => {
    const faults = weekFaults([row(1, '08:00', '12:00'), row(1, '11:00', '15:00', 'lake')]);
    expect(faults[1]).toContain('overlaps 8:00 am to 12:00 pm on Monday');
  });
});

describe('a new week from a day on', () => {
  const standing = [
    { hoursId: 'now', effectiveFrom: '2026-01-01', effectiveTo: null },
    { hoursId: 'ended', effectiveFrom: '2025-01-01', effectiveTo: '2025-12-31' },
    { hoursId: 'ends later', effectiveFrom: '2026-01-01', effectiveTo: '2026-06-30' },
    { hoursId: 'to come', effectiveFrom: '2026-09-01', effectiveTo: null },
    { hoursId: 'same day', effectiveFrom: '2026-04-01', effectiveTo: null },
  ];
  it('ends what stands the day before, and takes back what was to begin later', () => {
    expect(weekPlan(standing, '2026-04-01', { forget: false })).toEqual({
      end: ['now', 'ends later'],
      remove: ['to come', 'same day'],
      lastDay: '2026-03-31',
    });
  });
  it('forgets every row of a room whose week is emptied', () => {
    expect(weekPlan(standing, '2026-04-01', { forget: true }).remove).toHaveLength(5);
  });
});

describe('a one-off opening or closing', () => {
  const today = '2026-03-04';
  it.each([
    ['a whole day off', { kind: 'closing', from: today } as const, []],
    ['a week off', { kind: 'closing', from: today, to: '2026-03-10' } as const, []],
    ['a past day', { kind: 'closing', from: '2026-03-03' } as const, ['from']],
    ['an end before its start', { kind: 'closing', from: '2026-03-10', to: '2026-03-09' } as const, ['to']],
    ['half a year', { kind: 'closing', from: today, to: '2026-09-04' } as const, ['to']],
    ['one time of two', { kind: 'closing', from: today, startsLocal: '09:00' } as const, ['endsLocal']],
    [
      'times the wrong way round',
      { kind: 'closing', from: today, startsLocal: '10:00', endsLocal: '09:00' } as const,
      ['endsLocal'],
    ],
    ['an opening of nothing', { kind: 'opening', from: today } as const, ['startsLocal', 'siteId']],
  ])('%s', (_, input, fields) => {
    expect(Object.keys(exceptionFaults(input, today))).toEqual(fields);
  });
});

describe('visits outside hours', () => {
  const facts = {
    resources: [
      { resourceId: 'lee', name: 'Dr. Lee', siteId: null, active: true },
      { resourceId: 'room', name: 'Room 1', siteId: 'elm', active: true },
    ],
    sites: [{ id: 'elm', name: 'Elm', timeZone: 'America/New_York' }],
    weekly: [
      { resourceId: 'lee', ...row(3, '08:00', '12:00'), effectiveFrom: '2026-01-01', effectiveTo: null },
    ],
    exceptions: [],
    closures: [],
    slotCodes: [],
    nowMs: Date.parse('2026-03-04T12:00:00Z'),
    from: '2026-03-04',
    to: '2026-03-13',
  };
  const visit = (startsAt: string, endsAt: string) => ({
    visitId: startsAt,
    visitTypeId: 'fu',
    siteId: 'elm',
    physicianId: 'lee',
    startsAt,
    endsAt,
    resourceIds: ['lee', 'room'],
  });
  const because = (one: ReturnType<typeof visit>, changed: Partial<typeof facts> = {}) =>
    findOutside(
      [one],
      { ...facts, ...changed },
      { dateAt: (at) => at.startsAt.slice(0, 10), zoneOf: () => 'America/New_York' },
    )[0]?.because;

  it('lie inside to the last minute', () => {
    expect(because(visit('2026-03-04T16:30:00.000Z', '2026-03-04T17:00:00.000Z'))).toBeUndefined();
  });
  it('stick out by a minute', () => {
    const late = visit('2026-03-04T16:31:00.000Z', '2026-03-04T17:01:00.000Z');
    expect(because(late)).toBe('Dr. Lee is not there at that time');
  });
  it('stand on a day without hours', () => {
    expect(because(visit('2026-03-05T16:00:00.000Z', '2026-03-05T16:30:00.000Z'))).toContain('Thursdays');
  });
  it('use a room that is out of use', () => {
    const [lee, room] = facts.resources;
    const resources = [lee!, { ...room!, active: false }];
    const one = visit('2026-03-04T14:00:00.000Z', '2026-03-04T14:30:00.000Z');
    expect(because(one, { resources })).toBe('Room 1 is out of use');
  });
});
