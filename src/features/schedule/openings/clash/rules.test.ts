import { expect, test } from 'vitest';
import { type ClashInput, explainClash } from './rules.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}:00Z`);
const span = (from: string, to: string) => ({ startMs: at(from), endMs: at(to) });
const lee = { name: 'Dr. Lee', kind: 'physician' as const, capacity: 1 };
const base: ClashInput = {
  resource: lee,
  ...span('10:00', '10:30'),
  timeZone: 'UTC',
  busy: [span('10:00', '10:30')],
  nextFreeMs: [],
};

test.each<[string, Partial<ClashInput>]>([
  [
    'Dr. Lee is booked until 10:30 am. Next free: 10:30, 10:45 am.',
    { nextFreeMs: [at('10:30'), at('10:45')] },
  ],
  ['Dr. Lee is booked until 11:15 am.', { busy: [span('10:30', '11:15'), span('09:45', '10:30')] }],
  ['Dr. Lee is booked from 10:15 am to 11:00 am.', { busy: [span('10:15', '11:00')] }],
  [
    'Dr. Lee is booked until 10:30 am. Next free: 11:45 am, 12:00 pm.',
    { nextFreeMs: [at('11:45'), at('12:00')] },
  ],
  [
    'Room 1 is booked until 10:30 am. Room 2 is free.',
    { resource: { name: 'Room 1', kind: 'room', capacity: 1 }, freeInstead: ['Room 2'] },
  ],
  [
    'Infusion is full until 10:15 am.',
    {
      resource: { name: 'Infusion', kind: 'room', capacity: 2 },
      busy: [span('09:00', '10:15'), span('10:00', '11:00')],
    },
  ],
])('%s', (message, more) => {
  expect(explainClash({ ...base, ...more })?.message).toBe(message);
});

test('a neighbor that only touches is no clash', () => {
  expect(explainClash({ ...base, busy: [span('09:00', '10:00'), span('10:30', '11:00')] })).toBeNull();
});

test('a person may be overbooked, a room may not', () => {
  expect(explainClash(base)?.mayOverride).toBe('overbook');
  expect(explainClash({ ...base, resource: { ...lee, kind: 'room' } })?.mayOverride).toBeNull();
});
