import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base,
  hours,
  monday,
  physician,
  room,
  times,
  withRoom,
  zone,
} from '../../../../../test/openings-day.ts';
import { addDays } from '../../../../platform/calendar/dates.ts';
import { localDate, localTime, timeOf, toInstant } from '../../../../platform/calendar/zones.ts';
import { findOpenings } from '../rules.ts';
import type { OpeningsInput } from '../wish/rules.ts';

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
