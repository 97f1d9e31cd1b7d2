import { describe, expect, it } from 'vitest';
import { hereOf } from './rules.ts';

const at = (time: string) => `2026-03-04T${time}:00.000Z`;
const hours = [
  { startsAt: at('13:00'), endsAt: at('17:00') },
  { startsAt: at('18:00'), endsAt: at('22:00') },
];

describe('who is here', () => {
  it.each([
    ['at a desk, in their hours', '14:00', true, hours, { kind: 'at-desk' }],
    ['at a desk, early', '12:10', true, hours, { kind: 'at-desk' }],
    ['at a desk, late', '22:50', true, hours, { kind: 'at-desk' }],
    ['at a desk over lunch', '17:30', true, hours, { kind: 'at-desk' }],
    ['at a desk long after their hours', '23:30', true, hours, { kind: 'off-hours' }],
    ['at a desk on a day off', '14:00', true, [], { kind: 'off-hours' }],
    ['at no desk, in their hours', '14:00', false, hours, { kind: 'works', at: at('17:00') }],
    ['over lunch', '17:30', false, hours, { kind: 'later', at: at('18:00') }],
    ['before their hours', '08:00', false, hours, { kind: 'later', at: at('13:00') }],
    ['after their hours', '23:00', false, hours, { kind: 'done' }],
    ['on a day off', '14:00', false, [], { kind: 'not-today' }],
    ['without hours, at a desk', '03:00', true, null, { kind: 'at-desk' }],
    ['without hours, at no desk', '14:00', false, null, { kind: 'unseen' }],
  ])('%s', (_, time, isSeen, own, expected) => {
    const seenAt = isSeen ? at(time) : null;
    expect(hereOf({ seenAt, hours: own }, Date.parse(at(time)))).toEqual(expected);
  });
});
