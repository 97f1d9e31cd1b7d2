import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../platform/calendar/dates.ts';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { ruleFaults } from './faults/rules.ts';
import {
  type BookingRule,
  brokenRules,
  type CountedVisit,
  forWhom,
  ruledStarts,
  rulesOfPatient,
  rulesOfType,
  withoutRuled,
} from './rules.ts';

const zone = 'America/New_York';
const rule = (more: Partial<BookingRule> = {}): BookingRule => ({
  ...{ ruleId: 'r', words: 'Not then', effect: 'refuse', visitTypeIds: [], weekdays: [], physicianIds: [] },
  ...{ startsLocal: null, endsLocal: null, fromDate: null, toDate: null, patients: 'any' },
  ...{ limitCount: null, limitPer: null, active: true },
  ...more,
});
const on = (date: string, physicianId = 'lee') => ({ physicianId, day: dayNumber(date), timeZone: zone });
const at = (date: string, time: string) => toInstant(date, time, zone);
const broken = (one: BookingRule, date: string, time: string, counted: CountedVisit[] = []) =>
  brokenRules({ rules: [one], counted }, at(date, time), on(date)).length > 0;
const visit = (date: string, time: string, more: Partial<CountedVisit> = {}): CountedVisit => ({
  ...{ physicianId: 'lee', visitTypeId: 'np', startMs: at(date, time), isNew: true },
  ...more,
});

describe('when a rule speaks', () => {
  const fridays = rule({ weekdays: [5], startsLocal: '12:00', endsLocal: '17:00' });
  test.each<[string, BookingRule, string, string, boolean]>([
    ['on its day from its first minute', fridays, '2026-03-06', '12:00', true],
    ['not at the end of it', fridays, '2026-03-06', '17:00', false],
    ['not on other days', fridays, '2026-03-05', '13:00', false],
    ['the whole day without times', rule({ weekdays: [5] }), '2026-03-06', '00:00', true],
    ['from its first day', rule({ fromDate: '2026-03-06' }), '2026-03-06', '08:00', true],
    ['not before it', rule({ fromDate: '2026-03-07' }), '2026-03-06', '08:00', false],
    ['to its last day', rule({ toDate: '2026-03-06' }), '2026-03-06', '23:45', true],
    ['of its physicians', rule({ physicianIds: ['lee'] }), '2026-03-06', '08:00', true],
    ['not of others', rule({ physicianIds: ['fox'] }), '2026-03-06', '08:00', false],
    // On March 8 there is no 2 to 3 am, on November 1 there are two
    [
      'by the wall when the clock goes forward',
      rule({ startsLocal: '08:00', endsLocal: '09:00' }),
      '2026-03-08',
      '08:30',
      true,
    ],
    ['and back', rule({ startsLocal: '08:00', endsLocal: '09:00' }), '2026-11-01', '07:59', false],
  ])('%s', (_, one, date, time, speaks) => {
    expect(broken(one, date, time)).toBe(speaks);
  });
  test('a window that a clock change swallows closes nothing', () => {
    expect(ruledStarts(rule({ startsLocal: '02:00', endsLocal: '03:00' }), on('2026-03-08'), [])).toEqual([]);
  });
});

describe('limits', () => {
  const two = rule({ visitTypeIds: ['np'], limitCount: 2, limitPer: 'half-day' });
  const morning = [visit('2026-03-06', '08:00'), visit('2026-03-06', '11:45')];
  test.each<[string, BookingRule, string, CountedVisit[], boolean]>([
    ['one of two leaves room', two, '09:00', morning.slice(1), false],
    ['two of two do not', two, '09:00', morning, true],
    ['the afternoon counts for itself', two, '13:00', morning, false],
    ['the day counts both', { ...two, limitPer: 'day' }, '13:00', morning, true],
    ['other types do not count', two, '09:00', morning.map((one) => ({ ...one, visitTypeId: 'fu' })), false],
    [
      'other physicians do not count',
      two,
      '09:00',
      morning.map((one) => ({ ...one, physicianId: 'fox' })),
      false,
    ],
    [
      'who is not new does not count for a rule of new ones',
      { ...two, patients: 'new' },
      '09:00',
      morning.map((one) => ({ ...one, isNew: false })),
      false,
    ],
    [
      'outside its times nothing counts',
      { ...two, startsLocal: '08:30', endsLocal: '12:00' },
      '09:00',
      morning,
      false,
    ],
  ])('%s', (_, one, time, counted, full) => {
    expect(broken(one, '2026-03-06', time, counted)).toBe(full);
  });
});

test('starts that are left are exactly those that break no rule', () => {
  const rules = [
    rule({ startsLocal: '09:00', endsLocal: '10:00' }),
    rule({ startsLocal: '09:30', endsLocal: '11:00' }),
    rule({ startsLocal: '15:00', endsLocal: '24:00' }),
  ];
  const date = '2026-11-01';
  const left = withoutRuled([at(date, '08:00'), at(date, '16:00')], { rules, counted: [] }, on(date));
  for (let ms = at(date, '08:00'); ms <= at(date, '16:00'); ms += 60_000) {
    const isLeft = left.some((from, i) => i % 2 === 0 && from <= ms && ms <= (left[i + 1] ?? 0));
    expect(isLeft).toBe(brokenRules({ rules, counted: [] }, ms, on(date)).length === 0);
  }
});

test('while nobody said who comes, a start is offered to whom it is open, and says so', () => {
  const date = '2026-03-06';
  const unsaid = [
    rule({ patients: 'new', startsLocal: '08:00', endsLocal: '10:00' }),
    rule({ patients: 'established', startsLocal: '09:00', endsLocal: '11:00' }),
    rule({ patients: 'established', effect: 'warn', startsLocal: '11:00', endsLocal: '12:00' }),
  ];
  const ruling = { rules: [], counted: [], unsaid };
  const day = [at(date, '08:00'), at(date, '12:00')];
  expect(withoutRuled(day, ruling, on(date))).toEqual([
    ...[at(date, '08:00'), at(date, '09:00') - 1],
    ...[at(date, '10:00'), at(date, '12:00')],
  ]);
  const whom = (time: string) => forWhom(ruling, at(date, time), on(date));
  expect([whom('08:30'), whom('10:30'), whom('11:30'), whom('12:00')]).toEqual([
    ['not for new patients'],
    ['new patients only'],
    ['rather new patients only'],
    [],
  ]);
});

test('rules for new patients speak only once it is known who comes; those out of use never', () => {
  const all = [rule(), rule({ patients: 'new' }), rule({ patients: 'established' })];
  const told = (isNew: boolean | null) => rulesOfPatient(all, isNew).map((one) => one.patients);
  expect([told(null), told(true), told(false)]).toEqual([['any'], ['any', 'new'], ['any', 'established']]);
  expect(rulesOfType([rule({ active: false }), rule({ visitTypeIds: ['np'] })], 'fu')).toEqual([]);
});

test.each<[string, Partial<BookingRule>, string[]]>([
  ['a rule for nothing', {}, ['words']],
  ['one with a limit for all', { limitCount: 20, limitPer: 'day' }, []],
  ['half a span', { weekdays: [1], startsLocal: '09:00' }, ['endsLocal']],
  ['crossed days', { fromDate: '2026-03-06', toDate: '2026-03-05' }, ['toDate']],
  ['a limit of nothing', { weekdays: [1], limitCount: 2 }, ['limitCount']],
])('faults of %s', (_, more, fields) => {
  expect(Object.keys(ruleFaults(rule(more)))).toEqual(fields);
});
