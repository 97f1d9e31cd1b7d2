import { describe, expect, it } from 'vitest';
import { promisedAt, readCall, readPromise } from './rules.ts';

const owners = new Set(['nurse', 'ana', 'secretary', 'biller']);
const vocabulary = { today: '2026-03-04', isOwner: (word: string) => owners.has(word) };
const read = (line: string, hasPerson = false) => {
  const call = readCall(line, { ...vocabulary, hasPerson });
  return (
    call && [call.caller, call.text, call.promise.dueOn, call.promise.dueLocalTime, call.promise.ownerWord]
  );
};

describe('a call in one line', () => {
  it.each([
    [
      'call 5185550123 refill of lisinopril, back by 3pm to nurse',
      ['5185550123', 'refill of lisinopril', null, '15:00', 'nurse'],
    ],
    ['call (518) 555-0123 asks for directions', ['(518) 555-0123', 'asks for directions', null, null, null]],
    ['call 518 555 0123 2 refills by fri', ['518 555 0123', '2 refills', '2026-03-06', null, null]],
    ['call 0123, wants results', ['0123', 'wants results', null, null, null]],
    [
      'call smith jo 3/61: lab results, call back tomorrow',
      ['smith jo 3/61', 'lab results', '2026-03-05', null, null],
    ],
    ['call smith 3/14/61 lab results by noon @ana', ['smith 3/14/61', 'lab results', null, '12:00', 'ana']],
    [
      'phone Alder Mutual: claim 4711 denied, by mon to the biller',
      ['Alder Mutual', 'claim 4711 denied', '2026-03-09', null, 'biller'],
    ],
    ['call smith refill sent to pharmacy', ['smith', 'refill sent to pharmacy', null, null, null]],
    ['call smith by the way wants a note', ['smith', 'by the way wants a note', null, null, null]],
    ['call smith back by 3', ['smith', 'back by 3', null, null, null]],
    ['call smith', ['smith', '', null, null, null]],
    ['call ', ['', '', null, null, null]],
  ])('“%s”', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it('takes the person in view where no number and no colon says otherwise', () => {
    expect(read('call refill by 3pm', true)).toEqual(['', 'refill', null, '15:00', null]);
    expect(read('call 5185550123 refill', true)).toEqual(['5185550123', 'refill', null, null, null]);
    expect(read('call dr okafor: report', true)).toEqual(['dr okafor', 'report', null, null, null]);
  });

  it('is no call where another word begins it', () => {
    expect(read('smith call')).toBeNull();
    expect(read('callahan jo')).toBeNull();
  });
});

describe('a promise in the form', () => {
  it.each([
    ['3pm nurse', [null, '15:00', 'nurse']],
    ['by 3pm to the nurse', [null, '15:00', 'nurse']],
    ['@ana tomorrow', ['2026-03-05', null, 'ana']],
    ['fri 10am', ['2026-03-06', '10:00', null]],
    ['nurse', [null, null, 'nurse']],
    ['', [null, null, null]],
  ])('“%s” is read', (typed, expected) => {
    const promise = readPromise(typed, vocabulary);
    expect(promise && [promise.dueOn, promise.dueLocalTime, promise.ownerWord]).toEqual(expected);
  });

  it('refuses words that mean nothing', () => {
    expect(readPromise('soonish', vocabulary)).toBeNull();
    expect(readPromise('3pm whoever', vocabulary)).toBeNull();
  });

  it('falls on today, or on tomorrow once the time has passed', () => {
    const zone = 'America/New_York';
    const at = (now: string, promise: Parameters<typeof promisedAt>[0]) =>
      promisedAt(promise, new Date(now), zone);
    const three = { dueOn: null, dueLocalTime: '15:00', ownerWord: null };
    expect(at('2026-03-04T15:00:00Z', three)).toBe('2026-03-04T20:00:00.000Z');
    expect(at('2026-03-04T21:00:00Z', three)).toBe('2026-03-05T20:00:00.000Z');
    const today = { dueOn: '2026-03-04', dueLocalTime: null, ownerWord: null };
    expect(at('2026-03-04T15:00:00Z', today)).toBe('2026-03-04T22:00:00.000Z');
    expect(at('2026-03-04T23:00:00Z', today)).toBe('2026-03-05T04:59:00.000Z');
    expect(at('2026-03-04T15:00:00Z', { ...today, dueOn: null })).toBeNull();
  });
});
