import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, listDates } from '../../../platform/calendar/dates.ts';
import { localDate, localTime, timeOf, toInstant } from '../../../platform/calendar/zones.ts';
import { findOpenings } from './rules.ts';
import type { OpeningsInput } from './wish/rules.ts';

const zone = 'America/New_York';
const main = { id: 'main', timeZone: zone, name: 'Main Street' };
const west = { id: 'west', timeZone: 'America/Chicago', name: 'Westside' };
const monday = '2026-11-23';
const at = (time: string, date = monday, timeZone = zone) => toInstant(date, time, timeZone);
const span = (from: string, to: string, date = monday) => ({ startMs: at(from, date), endMs: at(to, date) });
const hours = (resourceId: string, from: string, to: string, date = monday) => ({
  resourceId,
  siteId: 'main',
  ...span(from, to, date),
});
const busy = (resourceId: string, from: string, to: string, lane = 0, date = monday) => ({
  resourceId,
  lane,
  ...span(from, to, date),
});
const physician = (id: string, name: string) => ({ id, name, kind: 'physician' as const, capacity: 1 });
const room = (id: string, name: string, capacity = 1) => ({ id, name, kind: 'room' as const, capacity });
const followUp: OpeningsInput['visitType'] = {
  id: 'fu',
  name: 'Follow-up',
  minutes: 30,
  minutesByPhysician: {},
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  needs: [{ kind: 'physician', resourceIds: [], count: 1 }],
  stepMinutes: 15,
};
const withRoom: OpeningsInput['visitType'] = {
  ...followUp,
  needs: [...followUp.needs, { kind: 'room', resourceIds: ['r1', 'r2'], count: 1 }],
};
const base: OpeningsInput = {
  visitType: followUp,
  resources: [physician('lee', 'Dr. Lee')],
  sites: [main],
  available: [hours('lee', '09:00', '11:00')],
  absences: [],
  busy: [],
  patientBusy: [],
  wish: { from: monday, to: monday },
  limit: 50,
  nowMs: at('06:00'),
};
const times = (more: Partial<OpeningsInput>) =>
  findOpenings({ ...base, ...more })
    .openings.map((opening) => opening.startsLocal)
    .join(' ');
const first = (more: Partial<OpeningsInput>) => findOpenings({ ...base, ...more }).openings[0];
const whys = (more: Partial<OpeningsInput>) =>
  findOpenings({ ...base, ...more }).blocked.map((one) => one.why);

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

describe('why there is none, and what would do', () => {
  test.each<[string, Partial<OpeningsInput>]>([
    ['Dr. Lee is booked', { busy: [busy('lee', '08:00', '12:00')] }],
    ['The patient has another visit then', { patientBusy: [span('08:00', '12:00')] }],
    ['The time asked has passed', { nowMs: at('12:00') }],
    ['The visit is longer than the hours of Dr. Lee', { visitType: { ...followUp, minutes: 180 } }],
    ['Dr. Lee does not work Tuesdays', { wish: { from: '2026-11-24', to: '2026-11-24' } }],
    [
      'Closed: Thanksgiving Day',
      {
        wish: { from: '2026-11-26', to: '2026-11-26' },
        absences: [
          { resourceId: 'lee', onDate: '2026-11-26', kind: 'closed', text: 'Closed: Thanksgiving Day' },
        ],
      },
    ],
    [
      'Dr. Lee has hours only outside the hours asked',
      { wish: { from: monday, to: monday, timesOfDay: [{ from: '13:00', to: '17:00' }] } },
    ],
    [
      'Dr. Lee is booked in the hours asked',
      {
        busy: [busy('lee', '10:00', '11:00')],
        wish: { from: monday, to: monday, timesOfDay: [{ from: '10:00', to: '11:00' }] },
      },
    ],
    [
      'Dr. Lee is at Main Street on Mondays',
      { sites: [main, west], wish: { from: monday, to: monday, siteId: 'west' } },
    ],
    ['None of those asked does Follow-up', { wish: { from: monday, to: monday, physicianIds: ['fox'] } }],
    ['No such weekday between the dates asked', { wish: { from: monday, to: monday, weekdays: [3] } }],
  ])('%s', (why, more) => {
    expect(whys(more)).toEqual([why]);
  });

  test('the same reason is counted over its days', () => {
    expect(
      findOpenings({ ...base, wish: { from: '2026-11-24', to: '2026-12-08', weekdays: [2] } }).blocked,
    ).toEqual([{ why: 'Dr. Lee does not work Tuesdays', from: '2026-11-24', to: '2026-12-08', count: 3 }]);
  });

  test('for many physicians one reason a day, the one of whoever came nearest', () => {
    const names = ['lee', 'fox', 'ray', 'kim'];
    const crowd = {
      resources: names.map((id) => physician(id, `Dr. ${id}`)),
      available: ['lee', 'fox'].map((id) => hours(id, '09:00', '10:00')),
      busy: ['lee', 'fox'].map((id) => busy(id, '09:00', '10:00')),
      wish: { from: monday, to: addDays(monday, 1) },
    };
    expect(whys(crowd)).toEqual(['Everyone is booked', 'Nobody works Tuesdays']);
  });

  test('the nearest says which wish it breaks', () => {
    const wish = {
      from: monday,
      to: monday,
      physicianIds: ['lee'],
      timesOfDay: [{ from: '09:00', to: '10:00' }],
    };
    const result = findOpenings({
      ...base,
      resources: [physician('lee', 'Dr. Lee'), physician('fox', 'Dr. Fox')],
      available: [
        ...base.available,
        hours('fox', '09:00', '10:00'),
        hours('lee', '09:00', '11:00', '2026-11-30'),
      ],
      busy: [busy('lee', '09:00', '10:30')],
      wish,
    });
    const near = result.nearest.map(
      (one) => `${one.opening.onDate} ${one.breaks.map((part) => part.text).join(', ')}`,
    );
    expect(near).toEqual([
      `${monday} outside the hours asked`,
      `${monday} with Dr. Fox`,
      '2026-11-30 after the dates asked',
    ]);
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

describe('against trying every minute', () => {
  const date = fc.constantFrom('2026-03-07', '2026-03-08', '2026-11-01', monday);
  const block = fc.tuple(fc.integer({ min: 0, max: 46 }), fc.integer({ min: 1, max: 8 }));
  const item = fc.record({
    who: fc.constantFrom('lee', 'fox', 'r1', 'r2'),
    lane: fc.constantFrom(0, 0, 1, 100),
    block,
  });
  const scene = fc.record({
    date,
    capacity: fc.integer({ min: 1, max: 2 }),
    minutes: fc.constantFrom(15, 30, 50),
    before: fc.constantFrom(0, 10),
    after: fc.constantFrom(0, 15),
    step: fc.constantFrom(15, 20, 30),
    hours: fc.array(fc.record({ who: fc.constantFrom('lee', 'fox', 'r1', 'r2'), block }), {
      minLength: 2,
      maxLength: 8,
    }),
    items: fc.array(item, { maxLength: 8 }),
    patient: fc.array(block, { maxLength: 1 }),
    window: fc.option(block),
    now: fc.integer({ min: 0, max: 1440 }),
  });
  type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

  // Blocks are half hours of wall time, counted from midnight; the first hours cover both clock changes
  function inputOf(one: Scene): OpeningsInput {
    const range = ([from, length]: [number, number]) => ({
      startMs: toInstant(one.date, timeOf(from * 30), zone),
      endMs: toInstant(one.date, timeOf(Math.min(from + length, 48) * 30), zone),
    });
    const real = (interval: { startMs: number; endMs: number }) => interval.startMs < interval.endMs;
    const [from = 0, length = 0] = one.window ?? [];
    const timesOfDay = one.window
      ? [{ from: timeOf(from * 30), to: timeOf(Math.min(from + length, 48) * 30) }]
      : [];
    return {
      ...base,
      visitType: {
        ...withRoom,
        minutes: one.minutes,
        minutesByPhysician: { fox: 20 },
        bufferBeforeMinutes: one.before,
        bufferAfterMinutes: one.after,
        stepMinutes: one.step,
      },
      resources: [
        physician('lee', 'Dr. Lee'),
        physician('fox', 'Dr. Fox'),
        room('r1', 'Room 1', one.capacity),
        room('r2', 'Room 2'),
      ],
      available: one.hours
        .map(({ who, block }) => ({ resourceId: who, siteId: 'main', ...range(block) }))
        .filter(real),
      busy: one.items
        .map(({ who, lane, block }) => ({ resourceId: who, lane, ...range(block) }))
        .filter(real),
      patientBusy: one.patient.map(range).filter(real),
      wish: { from: one.date, to: one.date, timesOfDay },
      limit: 1000,
      nowMs: toInstant(one.date, timeOf(one.now), zone),
    };
  }

  const minuteMs = 60_000;
  const covered = (list: { startMs: number; endMs: number }[], from: number, to: number) => {
    for (let ms = from; ms < to; ms += 5 * minuteMs) {
      if (!list.some((one) => one.startMs <= ms && ms < one.endMs)) return false;
    }
    return true;
  };

  function isFree(input: OpeningsInput, id: string, startMs: number, minutes: number): boolean {
    const { visitType, resources } = input;
    const capacity = resources.find((resource) => resource.id === id)?.capacity ?? 0;
    const endMs = startMs + minutes * minuteMs;
    const own = input.available.filter((one) => one.resourceId === id);
    if (!covered(own, startMs, endMs)) return false;
    const from = startMs - visitType.bufferBeforeMinutes * minuteMs;
    const to = endMs + visitType.bufferAfterMinutes * minuteMs;
    const met = input.busy.filter((one) => one.resourceId === id && one.startMs < to && one.endMs > from);
    for (let ms = from; ms < to; ms += 5 * minuteMs) {
      if (met.filter((one) => one.startMs <= ms && ms < one.endMs).length >= capacity) return false;
    }
    return (
      Array.from({ length: capacity }, (_, lane) => lane).some((lane) =>
        met.every((one) => one.lane !== lane),
      ) || capacity === 1
    );
  }

  function bruteForce(input: OpeningsInput): string[] {
    const found: { key: string; startMs: number; order: number }[] = [];
    const { from: date, timesOfDay } = input.wish;
    for (let minutes = 0; minutes < 1440; minutes += input.visitType.stepMinutes) {
      const startMs = toInstant(date, timeOf(minutes), zone);
      const label = timeOf(minutes);
      if (localTime(startMs, zone) !== label || startMs < input.nowMs) continue;
      const range = timesOfDay?.[0];
      if (
        range &&
        !(toInstant(date, range.from, zone) <= startMs && startMs < toInstant(date, range.to, zone))
      )
        continue;
      for (const [order, lead] of ['lee', 'fox'].entries()) {
        const length = input.visitType.minutesByPhysician[lead] ?? input.visitType.minutes;
        const endMs = startMs + length * minuteMs;
        if (input.patientBusy.some((one) => one.startMs < endMs && one.endMs > startMs)) continue;
        const roomId = ['r1', 'r2'].find((id) => isFree(input, id, startMs, length));
        if (isFree(input, lead, startMs, length) && roomId)
          found.push({ key: `${label} ${lead} ${roomId}`, startMs, order });
      }
    }
    return found.sort((a, b) => a.startMs - b.startMs || a.order - b.order).map((one) => one.key);
  }

  test('the search finds exactly what brute force finds', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const input = inputOf(one);
        const { openings, blocked } = findOpenings(input);
        const keys = openings.map((opening) => `${opening.startsLocal} ${opening.resourceIds.join(' ')}`);
        expect(keys).toEqual(bruteForce(input));
        expect(blocked.length > 0).toBe(openings.length === 0);
      }),
      { numRuns: 400 },
    );
  });

  test('booking an opening where it says never puts two in a lane, and fills no resource over its capacity', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const input = inputOf(one);
        const opening = findOpenings(input).openings[0];
        if (!opening) return;
        const from = opening.startsAtMs - input.visitType.bufferBeforeMinutes * minuteMs;
        const to = opening.endsAtMs + input.visitType.bufferAfterMinutes * minuteMs;
        for (const [index, id] of opening.resourceIds.entries()) {
          const capacity = input.resources.find((resource) => resource.id === id)!.capacity;
          const met = input.busy.filter(
            (other) => other.resourceId === id && other.startMs < to && other.endMs > from,
          );
          expect(opening.lanes[index]).toBeLessThan(capacity);
          expect(met.filter((other) => other.lane === opening.lanes[index])).toEqual([]);
        }
        expect(localDate(opening.startsAtMs, zone)).toBe(one.date);
      }),
      { numRuns: 200 },
    );
  });
});

test('the day after is not asked', () => {
  const later = {
    available: [hours('lee', '09:00', '10:00', addDays(monday, 1))],
    wish: { from: monday, to: monday },
  };
  expect(times(later)).toBe('');
});
