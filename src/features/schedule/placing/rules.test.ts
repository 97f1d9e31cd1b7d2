import { describe, expect, test } from 'vitest';
import { listCandidates, type PlacingInput, placeVisit, type Wanted } from './rules.ts';

const at = (time: string) => Date.parse(`2026-03-04T${time}:00Z`);
const span = (from: string, to: string) => ({ startMs: at(from), endMs: at(to) });
const busy = (resourceId: string, from: string, to: string, lane = 0) => ({
  ...{ resourceId, lane },
  ...span(from, to),
});
const resource = (kind: 'physician' | 'room' | 'device', resourceId: string) => ({
  ...{ kind, resourceId, name: resourceId, siteId: 'main', capacity: 1, active: true },
});
const resources = [
  resource('physician', 'lee'),
  resource('room', 'room1'),
  resource('room', 'room2'),
  resource('device', 'echo'),
];
const there = (resourceId: string, from = '08:00', to = '18:00') => ({
  ...{ resourceId, siteId: 'main' },
  ...span(from, to),
});
const wanted: Wanted = {
  site: { id: 'main', name: 'Main', timeZone: 'UTC' },
  ...{
    physicianId: 'lee',
    resourceIds: ['room2'],
    preferIds: [],
    needs: [{ kind: 'room', resourceIds: [] }],
  },
  startMs: at('10:00'),
  length: { visitMs: 30 * 60_000, beforeMs: 0, afterMs: 0 },
};
const free: PlacingInput = {
  wanted,
  resources,
  available: resources.map((one) => there(one.resourceId)),
  ...{ absences: [], busy: [], patientBusy: [] },
};
const change = { ...wanted, needs: [], stands: true };
const told = (input: Partial<PlacingInput>) =>
  placeVisit({ ...free, ...input }).obstacles.map((one) => one.kind);

describe('a change of room alone', () => {
  const overbooked = { busy: [busy('lee', '10:00', '10:30'), busy('lee', '10:10', '10:40', 100)] };
  const away = { available: [there('room1'), there('room2')] };
  const elsewhere = { patientBusy: [span('10:15', '10:45')] };
  test.each<[string, Partial<PlacingInput>, string[]]>([
    ['a physician who is overbooked', overbooked, ['clash']],
    ['a physician who went home', away, ['hours']],
    ['the patient’s other visit', elsewhere, ['patient']],
  ])('%s is in the way of a booking, and not of another room', (_, input, booked) => {
    expect(told(input)).toEqual(booked);
    expect(told({ ...input, wanted: change })).toEqual([]);
  });
  test.each<[string, Partial<PlacingInput>, string[]]>([
    ['taken then', { busy: [busy('room2', '10:15', '11:00')] }, ['clash']],
    ['not there then', { available: [there('lee'), there('room2', '11:00', '12:00')] }, ['hours']],
    [
      'only touched by its neighbors',
      { busy: [busy('room2', '09:30', '10:00'), busy('room2', '10:30', '11:00')] },
      [],
    ],
    ['free, and the one left taken', { busy: [busy('room1', '10:00', '10:30')] }, []],
  ])('the new room is looked at: %s', (_, input, expected) => {
    expect(told({ ...input, wanted: change })).toEqual(expected);
  });
  test('places and locks the new room alone', () => {
    expect(placeVisit({ ...free, wanted: change }).places).toEqual([{ resourceId: 'room2', lane: 0 }]);
    expect(listCandidates(change, resources)).toEqual(['room2']);
    expect(listCandidates(wanted, resources)).toEqual(['lee', 'room2']);
  });
  test('a taken room that is given all the same is an overbooking of the room', () => {
    const full = { busy: [busy('room2', '10:00', '10:30'), busy('room2', '10:00', '10:30', 100)] };
    expect(placeVisit({ ...free, ...full, wanted: change })).toMatchObject({
      places: [{ resourceId: 'room2', lane: 101 }],
      obstacles: [{ kind: 'clash', permission: 'visits.overbook' }],
    });
  });
});

test.each<[string, Partial<Wanted>, string[], string[]]>([
  ['stays where it is free', {}, [], ['room1', 'echo']],
  ['goes where it is taken', {}, ['room1'], ['echo']],
  ['goes where another is given', { resourceIds: ['room2'] }, [], ['room2', 'echo']],
  [
    'is the room that the type needs',
    { needs: [{ kind: 'room', resourceIds: [] }] },
    ['room1'],
    ['room2', 'echo'],
  ],
])('a room or device beyond the needs of a visit that moves %s', (_, more, taken, expected) => {
  const moves = { ...wanted, resourceIds: [], needs: [], preferIds: ['room1', 'echo'], ...more };
  const input = { ...free, wanted: moves, busy: taken.map((id) => busy(id, '10:00', '11:00')) };
  const { places, obstacles } = placeVisit(input);
  expect([places.map((one) => one.resourceId), obstacles]).toEqual([['lee', ...expected], []]);
  for (const one of places) expect(listCandidates(moves, resources)).toContain(one.resourceId);
});
