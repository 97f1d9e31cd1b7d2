import { describe, expect, test } from 'vitest';
import {
  at,
  base,
  busy,
  followUp,
  hours,
  main,
  monday,
  physician,
  span,
  west,
  whys,
} from '../../../../../test/openings-day.ts';
import { addDays } from '../../../../platform/calendar/dates.ts';
import { findOpenings } from '../rules.ts';
import type { OpeningsInput } from '../wish/rules.ts';

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
