import type { ResourceKind } from '../schema.ts';

/** What each kind is called, one and several, and what is good to know about it. */
export const resourceWords: Record<
  ResourceKind,
  { one: string; many: string; icon: 'person' | 'room' | 'box'; text: string; empty: string }
> = {
  physician: {
    one: 'physician',
    many: 'Physicians',
    icon: 'person',
    text: 'Who sees patients. Each is a column of the day; hours say where and when.',
    empty: 'Put a physician of the staff on the schedule.',
  },
  room: {
    one: 'room',
    many: 'Rooms',
    icon: 'room',
    text: 'A room without hours of its own can be booked whenever its site is open.',
    empty: 'Add exam and procedure rooms, so that two visits never need the same one.',
  },
  device: {
    one: 'device',
    many: 'Devices',
    icon: 'box',
    text: 'What only one visit (or so many at once) can use: ultrasound, laser, scope.',
    empty: 'Add what visits share and can run out of.',
  },
};
