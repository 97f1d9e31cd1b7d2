import { describe, expect, it } from 'vitest';
import type { Promised } from '../line/rules.ts';
import type { Caller } from '../schema.ts';
import { usualSettings } from '../settings/rules.ts';
import { callFromLine, findOwners, owedOf, promiseOf, reasonOf, strangerOf } from './rules.ts';

const colleagues = [
  { staffId: 's1', displayName: 'Ana Ruiz' },
  { staffId: 's2', displayName: 'Dr. Lee' },
];
const desk = {
  now: new Date('2026-03-04T15:00:00Z'),
  timeZone: 'America/New_York',
  today: '2026-03-04',
  reasons: usualSettings.reasons,
  colleagues,
};
const none: Promised = { dueOn: null, dueLocalTime: null, ownerWord: null };
const refill = usualSettings.reasons.find((one) => one.key === 'refill');

describe('what a promise makes owed', () => {
  it.each([
    ['nothing', none, [null, undefined]],
    [
      'a time: to whom such calls go',
      { ...none, dueLocalTime: '15:00' },
      ['2026-03-04T20:00:00.000Z', 'any nurse'],
    ],
    [
      'a name: when such calls are due',
      { ...none, ownerWord: 'ana' },
      ['2026-03-04T19:00:00.000Z', 'Ana Ruiz'],
    ],
  ] as const)('%s', (_, promise, expected) => {
    const owed = owedOf(promise, refill, desk);
    expect([owed?.promisedAt, owed?.owner?.label]).toEqual(expected);
  });

  it('is unclear where a word names nobody', () => {
    expect(owedOf({ ...none, ownerWord: 'zed' }, refill, desk)).toBeNull();
  });

  it('takes a role named whole before a colleague whose name begins so', () => {
    expect(findOwners('nurse', [{ staffId: 'x', displayName: 'Nurse Kim' }]).map((one) => one.label)).toEqual(
      ['any nurse'],
    );
    expect(findOwners('le', colleagues).map((one) => one.label)).toEqual(['Dr. Lee']);
  });
});

describe('who calls', () => {
  it.each([
    ['Dana 518 555 0199', 'Dana', '+15185550199'],
    ['(518) 555-0123', '', '+15185550123'],
    ['Mr. Haskell from 12 Elm', 'Mr. Haskell from 12 Elm', ''],
  ])('a stranger: %s', (typed, callerName, callbackPhone) => {
    expect(strangerOf(typed)).toEqual({ callerName, callbackPhone });
  });

  it('an authorized person calls about the patient', () => {
    const caller: Caller = {
      ...{ kind: 'relation', callerKind: 'family', id: 'r1', name: 'Ann', detail: '', phone: '+15185550123' },
      ...{ patientId: 'p1', patientName: 'Jo' },
    };
    const taken = callFromLine({ caller, typed: '', text: 'lab results', promise: none }, desk);
    expect(taken?.call).toMatchObject({
      ...{ callerKind: 'family', callerName: 'Ann', relationId: 'r1', patientId: 'p1', contactId: null },
      ...{ reason: 'results', promisedAt: null, ownerRole: null },
    });
  });
});

describe('the form', () => {
  it('reads a promise from its field, else from the end of the text', () => {
    expect(promiseOf({ text: 'refill by noon', promise: '' }, desk)).toEqual({
      text: 'refill',
      promise: { ...none, dueLocalTime: '12:00' },
    });
    expect(promiseOf({ text: 'refill by noon', promise: '3pm nurse' }, desk)).toEqual({
      text: 'refill by noon',
      promise: { ...none, dueLocalTime: '15:00', ownerWord: 'nurse' },
    });
    expect(promiseOf({ text: 'refill', promise: 'whenever' }, desk)).toBeNull();
  });

  it('falls back on the reason “Other”', () => {
    expect(reasonOf('hello', desk.reasons)?.key).toBe('other');
    expect(reasonOf('hello', [])).toBeUndefined();
  });
});
