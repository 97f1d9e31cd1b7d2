import { describe, expect, test } from 'vitest';
import {
  isLate,
  nextSteps,
  occupies,
  type StateStep,
  stateAfter,
  takesTimeAgain,
  undoUntilMs,
  whyNot,
  whyNotChange,
  whyNotUndo,
} from './rules.ts';
import { type VisitState, visitStates } from './schema.ts';

const at = (time: string, date = '2026-11-23') => Date.parse(`${date}T${time}:00Z`);
const visit = (state: VisitState) => ({ state, startsAtMs: at('10:00'), timeZone: 'UTC' });

describe('who may go where', () => {
  test.each<[VisitState, StateStep, string | null]>([
    ['booked', 'arrived', null],
    ['booked', 'cancelled', null],
    ['booked', 'in_room', 'Check the patient in first.'],
    ['booked', 'checked_out', 'Check the patient in first.'],
    ['booked', 'reinstated', 'This visit is already booked.'],
    ['arrived', 'arrived', 'This visit is already checked in.'],
    ['arrived', 'in_room', null],
    ['arrived', 'with_physician', null],
    ['arrived', 'checked_out', null],
    ['arrived', 'cancelled', 'This visit is checked in and cannot be cancelled any more. Undo that first.'],
    ['arrived', 'reinstated', 'Only a cancelled or missed visit can be reinstated.'],
    ['in_room', 'arrived', 'This visit is already in a room. Undo that first.'],
    ['with_physician', 'checked_out', null],
    ['checked_out', 'with_physician', 'This visit is already checked out. Undo that first.'],
    ['checked_out', 'entered_in_error', null],
    ['cancelled', 'reinstated', null],
    ['cancelled', 'arrived', 'This visit was cancelled. Reinstate it first, then check in.'],
    ['no_show', 'arrived', 'This visit was marked as a no-show. Reinstate it first, then check in.'],
    ['entered_in_error', 'arrived', 'This visit was entered in error. Book a new one.'],
  ])('%s, then %s: %s', (state, step, why) => {
    expect(whyNot(visit(state), step, at('10:30'))).toBe(why);
  });

  test('a no-show is known only after the start', () => {
    expect(whyNot(visit('booked'), 'no_show', at('09:59'))).toContain('starts only at 10:00 am');
    expect(whyNot(visit('booked'), 'no_show', at('10:00'))).toBeNull();
  });

  test('nobody checks in on an earlier day; early on the same day is fine', () => {
    expect(whyNot(visit('booked'), 'arrived', at('10:00', '2026-11-22'))).toContain('Move it to today first');
    expect(whyNot(visit('booked'), 'arrived', at('08:00'))).toBeNull();
  });

  test('every refusal is a sentence and every allowed step leads to another state', () => {
    for (const state of visitStates) {
      for (const step of nextSteps(state)) expect(stateAfter(step)).not.toBe(state);
      expect(whyNot(visit(state), state === 'booked' ? 'reinstated' : state, at('12:00'))).toMatch(/\.$/);
    }
  });

  test('only a booked visit is moved', () => {
    expect(visitStates.filter((state) => whyNotChange(state) === null)).toEqual(['booked']);
    expect(whyNotChange('cancelled')).toBe('This visit is cancelled. Reinstate it first.');
  });
});

test('cancelled, missed and erroneous visits take no time; reinstating takes it again', () => {
  expect(visitStates.filter((state) => !occupies(state))).toEqual([
    'cancelled',
    'no_show',
    'entered_in_error',
  ]);
  expect([takesTimeAgain('cancelled', 'booked'), takesTimeAgain('arrived', 'booked')]).toEqual([true, false]);
});

describe('undo', () => {
  const step = (time: string, date?: string) => ({ step: 'arrived', atMs: at(time, date), timeZone: 'UTC' });
  test.each([
    ['on the same day', step('08:00'), at('22:00'), true],
    ['ten minutes later, over midnight', step('23:55'), at('00:05', '2026-11-24'), true],
    ['on the next day', step('23:00'), at('08:00', '2026-11-24'), false],
    ['the booking itself', { ...step('09:00'), step: 'booked' }, at('09:01'), false],
    ['nothing', null, at('09:00'), false],
  ])('%s', (_, last, nowMs, allowed) => {
    expect(whyNotUndo(last, nowMs) === null).toBe(allowed);
  });
});

test('the last moment of undo is told as it is decided', () => {
  for (const atMs of [at('08:00'), at('23:55')]) {
    const last = { step: 'arrived', atMs, timeZone: 'UTC' };
    const until = undoUntilMs(last);
    expect([whyNotUndo(last, until), whyNotUndo(last, until + 60_000) === null]).toEqual([null, false]);
  }
});

test('late is ten minutes after the start and not here', () => {
  expect(isLate(visit('booked'), at('10:09'))).toBe(false);
  expect(isLate(visit('booked'), at('10:10'))).toBe(true);
  expect(isLate(visit('arrived'), at('10:30'))).toBe(false);
});
