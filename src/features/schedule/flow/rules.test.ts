import { describe, expect, test } from 'vitest';
import type { VisitState } from '../visits/schema.ts';
import { flowLanes, initialsOf, isOverWait, minutesInState, minutesLate, usualSettings } from './rules.ts';

const at = (time: string) => `2026-03-04T${time}:00.000Z`;
const ms = (time: string) => Date.parse(at(time));
const visit = (state: VisitState, more: object = {}) => ({ state, startsAt: at('10:00'), ...more });

describe('waiting', () => {
  test.each<[string, ReturnType<typeof visit>, string, number | null, boolean]>([
    [
      'who comes early waits from the start',
      visit('arrived', { arrivedAt: at('09:40') }),
      '10:15',
      35,
      false,
    ],
    [
      'the limit itself is not yet too long',
      visit('arrived', { arrivedAt: at('10:00') }),
      '10:15',
      15,
      false,
    ],
    ['the first full minute over it is', visit('arrived', { arrivedAt: at('10:00') }), '10:16', 16, true],
    ['who comes late waits from arrival', visit('arrived', { arrivedAt: at('10:20') }), '10:30', 10, false],
    [
      'in the room another clock runs',
      visit('in_room', { arrivedAt: at('09:00'), inRoomAt: at('10:10') }),
      '10:30',
      20,
      false,
    ],
    ['and has a limit of its own', visit('in_room', { inRoomAt: at('10:10') }), '10:31', 21, true],
    [
      'with the physician there is none',
      visit('with_physician', { withPhysicianAt: at('10:10') }),
      '14:00',
      230,
      false,
    ],
    ['who is not here does not wait', visit('booked'), '12:00', null, false],
    ['who has left does not wait', visit('checked_out', { checkedOutAt: at('10:30') }), '12:00', 90, false],
  ])('%s', (_, one, now, minutes, over) => {
    expect(minutesInState(one, ms(now))).toBe(minutes);
    expect(isOverWait(one, usualSettings, ms(now))).toBe(over);
  });
  test('a practice may limit the time with the physician too', () => {
    const seen = visit('with_physician', { withPhysicianAt: at('10:10') });
    expect(isOverWait(seen, { ...usualSettings, withPhysicianMinutes: 30 }, ms('10:41'))).toBe(true);
  });
});

test.each<[string, ReturnType<typeof visit>, string, number]>([
  ['a few minutes are traffic', visit('booked'), '10:04', 0],
  ['then they are late', visit('booked'), '10:12', 12],
  ['who came late came late', visit('in_room', { arrivedAt: at('10:09') }), '11:00', 9],
  ['who came on time did not', visit('in_room', { arrivedAt: at('09:58') }), '11:00', 0],
  ['who cancelled is not late', visit('cancelled'), '11:00', 0],
])('%s', (_, one, now, late) => {
  expect(minutesLate(one, ms(now))).toBe(late);
});

test('in each lane who waits longest is on top, expected ones by time, who left last is first', () => {
  const named = (name: string, state: VisitState, more: object) => ({ name, ...visit(state, more) });
  const lanes = flowLanes([
    named('b', 'booked', { startsAt: at('11:00') }),
    named('a', 'booked', {}),
    named('d', 'arrived', { arrivedAt: at('09:50') }),
    named('c', 'arrived', { arrivedAt: at('09:40') }),
    named('f', 'checked_out', { checkedOutAt: at('10:00') }),
    named('e', 'checked_out', { checkedOutAt: at('10:20') }),
    named('x', 'cancelled', {}),
  ]);
  expect(Object.values(lanes).map((lane) => lane.map((one) => one.name).join(''))).toEqual([
    'ab',
    'cd',
    '',
    '',
    'ef',
  ]);
});

test.each([
  ['Smith, Jo', 'J. S.'],
  ['Öberg', 'Ö.'],
  ['de la Cruz, Ana María', 'A. D.'],
])('the wall shows %s as %s', (patient, initials) => {
  expect(initialsOf(patient)).toBe(initials);
});
