import { describe, expect, it } from 'vitest';
import { mayLeaveMessage, spokenLines, spokenNumber, tabulate, whatMayBeTold } from './rules.ts';

const about = {
  callName: 'Jo Smith',
  alerts: [
    {
      ...{ alertId: 'a', text: 'Custody', tone: 'wrong' as const, createdAt: '', version: 1 },
      custody: { mayBring: '', mayDecide: '', mustNotTell: ['Ray Smith'], courtOrder: true },
    },
  ],
  authorized: [
    {
      relationId: 'r1',
      name: 'Ann Smith',
      relationship: 'daughter',
      phone: '',
      hears: 'may hear appointments',
    },
  ],
};
const asked = {
  callerKind: 'family' as const,
  callerName: 'Ann',
  relationId: null,
  identity: 'unchecked' as const,
};

describe('what may be told to a caller', () => {
  it.each([
    ['an unproved patient', { callerKind: 'patient' }, 'wait', 'two identifiers'],
    ['a proved patient', { callerKind: 'patient', identity: 'verified' }, 'good', 'everything'],
    [
      'a patient who could not prove it',
      { callerKind: 'patient', identity: 'failed' },
      'wrong',
      'tell nothing',
    ],
    ['family whom nobody named', {}, 'wrong', 'May hear nothing without Jo Smith'],
    ['family whom nobody named, proved', { identity: 'verified' }, 'wrong', 'hear nothing without'],
    ['an authorized person', { relationId: 'r1' }, 'wait', 'Ann Smith may hear appointments, after'],
    [
      'an authorized person, proved',
      { relationId: 'r1', identity: 'verified' },
      'good',
      'may hear appointments.',
    ],
    [
      'whom a custody note names',
      { callerName: 'Mr. Ray Smith', identity: 'verified' },
      'wrong',
      'must not be told',
    ],
    ['another office', { callerKind: 'referring' }, 'wait', 'care needs'],
    ['a payer', { callerKind: 'payer' }, 'wait', 'payment needs'],
    ['a vendor', { callerKind: 'vendor' }, 'wrong', 'nothing'],
  ] as const)('%s', (_, more, tone, words) => {
    const told = whatMayBeTold({ ...asked, ...more }, about);
    expect(told?.tone).toBe(tone);
    expect(told?.words).toContain(words);
  });

  it('is no question where nobody is spoken about', () => {
    expect(whatMayBeTold(asked, undefined)).toBeNull();
  });
});

describe('leaving a message', () => {
  const patient = { patientId: 'p', callerKind: 'patient' as const };
  it('follows what the patient said', () => {
    const no = [{ channel: 'voicemail' as const, purpose: 'results' as const, state: 'refused' as const }];
    expect(mayLeaveMessage(patient, { answers: no, purpose: 'results' })).toBe('no');
    expect(mayLeaveMessage(patient, { answers: no, purpose: 'billing' })).toBe('limited');
    expect(
      mayLeaveMessage({ patientId: 'p', callerKind: 'payer' }, { answers: no, purpose: 'results' }),
    ).toBe('yes');
    expect(
      mayLeaveMessage({ patientId: null, callerKind: 'vendor' }, { answers: [], purpose: 'billing' }),
    ).toBe('yes');
  });
});

describe('reading a message out', () => {
  it('groups the number', () => {
    expect(spokenNumber('+15185550123')).toBe('518 · 555 · 0123');
    expect(spokenNumber('+442071838750')).toBe('+ 442 · 071 · 838 · 750');
    expect(spokenNumber('ext. 12 at the mill')).toBe('ext. 12 at the mill');
  });

  it('breaks the text where one breathes', () => {
    expect(spokenLines('Wants a refill. Lisinopril 10 mg!')).toEqual([
      'Wants a refill.',
      'Lisinopril 10 mg!',
    ]);
    expect(spokenLines('aaaa bbbb cccc', 9)).toEqual(['aaaa bbbb', 'cccc']);
  });
});

describe('counts by hour and reason', () => {
  it('make a table with sums, also of hours without calls', () => {
    const table = tabulate([
      { hour: 9, reason: 'refill', count: 2 },
      { hour: 11, reason: 'billing', count: 1 },
    ]);
    expect(table).toEqual({
      reasons: ['billing', 'refill'],
      rows: [
        { hour: 9, counts: [0, 2], sum: 2 },
        { hour: 10, counts: [0, 0], sum: 0 },
        { hour: 11, counts: [1, 0], sum: 1 },
      ],
      sums: [1, 2],
      sum: 3,
    });
    expect(tabulate([]).rows).toEqual([]);
  });
});
