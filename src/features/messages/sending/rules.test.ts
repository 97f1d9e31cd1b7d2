import { describe, expect, it, test } from 'vitest';
import { usualRules } from '../settings/rules.ts';
import { decide, type Facts, isOptedOut, openFrom, sayWhy, waitSeconds, whyWords } from './rules.ts';

const at = (iso: string) => Date.parse(iso);
// Wed 10:00 in New York
const noon = at('2026-03-04T15:00:00Z');
const facts = (more: Partial<Facts> = {}): Facts => ({
  ...{
    channel: 'text',
    purpose: 'reminder',
    isAnswer: false,
    mayAnswer: false,
    isConfirming: false,
    hasProvider: true,
  },
  ...{ person: 'alive', address: '+15185550123', opts: [], may: 'yes', zones: ['America/New_York'] },
  ...{ sentAtMs: [], expiresAtMs: null, nowMs: noon, rules: usualRules },
  ...more,
});

describe('whether a message may go out', () => {
  it('goes by day to who agreed', () => {
    expect(decide(facts())).toEqual({ kind: 'go' });
  });
  it.each([
    [{ hasProvider: false }, 'no-provider'],
    [{ address: '' }, 'no-address'],
    [{ person: 'deceased' }, 'deceased'],
    [{ person: 'gone' }, 'not-a-patient'],
    [{ person: 'nobody' }, 'nobody'],
    [{ opts: [{ purpose: 'all', state: 'out' }] }, 'opted-out'],
    [{ may: 'no' }, 'refused'],
    [{ may: 'ask' }, 'not-asked'],
    [{ expiresAtMs: noon }, 'too-late'],
  ] as const)('with %j never: %s', (more, why) => {
    expect(decide(facts(more as Partial<Facts>))).toEqual({ kind: 'never', why });
  });
  it('answers who wrote also at night and unasked, never who opted out or died', () => {
    const night = { isAnswer: true, nowMs: at('2026-03-05T04:00:00Z') };
    expect(decide(facts({ ...night, may: 'ask' }))).toEqual({ kind: 'go' });
    expect(decide(facts({ ...night, person: 'nobody' }))).toEqual({ kind: 'go' });
    expect(decide(facts({ ...night, opts: [{ purpose: 'all', state: 'out' }] }))).toMatchObject({
      why: 'opted-out',
    });
    expect(decide(facts({ ...night, person: 'deceased' }))).toMatchObject({ why: 'deceased' });
  });
  it('answers who wrote lately by day, though nobody asked them or knows them, never who refused', () => {
    const asked = { mayAnswer: true, may: 'ask' } as const;
    expect(decide(facts(asked))).toEqual({ kind: 'go' });
    expect(decide(facts({ ...asked, person: 'nobody' }))).toEqual({ kind: 'go' });
    expect(decide(facts({ ...asked, nowMs: at('2026-03-05T04:00:00Z') }))).toMatchObject({ kind: 'later' });
    expect(decide(facts({ ...asked, may: 'no' }))).toMatchObject({ why: 'refused' });
  });
  it('says that no more will come to who just opted out', () => {
    expect(decide(facts({ isConfirming: true, opts: [{ purpose: 'all', state: 'out' }] }))).toEqual({
      kind: 'go',
    });
  });
  it('waits for the morning where the person lives', () => {
    const nowMs = at('2026-03-04T12:30:00Z'); // 7:30 in New York
    expect(decide(facts({ nowMs }))).toEqual({ kind: 'later', atMs: at('2026-03-04T13:00:00Z') });
    expect(decide(facts({ nowMs, zones: ['America/Los_Angeles'] }))).toEqual({
      kind: 'later',
      atMs: at('2026-03-04T16:00:00Z'),
    });
    expect(decide(facts({ nowMs, expiresAtMs: at('2026-03-04T12:59:00Z') }))).toMatchObject({
      why: 'too-late',
    });
  });
  it('goes once a day and three times a week for reminders, later or not at all', () => {
    const sentAtMs = [noon - 3_600_000];
    expect(decide(facts({ sentAtMs }))).toEqual({ kind: 'later', atMs: at('2026-03-05T13:00:00Z') });
    expect(decide(facts({ sentAtMs, expiresAtMs: noon + 3_600_000 }))).toEqual({
      kind: 'never',
      why: 'limit',
    });
    expect(decide(facts({ sentAtMs, purpose: 'waitlist' }))).toEqual({ kind: 'go' });
    const day = 86_400_000;
    const week = [noon - day, noon - 2 * day, noon - 3 * day];
    // A week after the third last: at 10:00 in the morning, four days on, which is summer time by then
    expect(decide(facts({ sentAtMs: week }))).toEqual({ kind: 'later', atMs: noon + 4 * day + 1 });
    expect(decide(facts({ sentAtMs: week.map((ms) => ms - 5 * day) }))).toEqual({ kind: 'go' });
  });
});

test.each([
  ['2026-03-04T15:00:00Z', ['America/New_York'], '2026-03-04T15:00:00Z'],
  ['2026-03-05T01:59:00Z', ['America/New_York'], '2026-03-05T01:59:00Z'],
  ['2026-03-05T02:00:00Z', ['America/New_York'], '2026-03-05T13:00:00Z'],
  ['2026-03-05T04:30:00Z', ['America/New_York'], '2026-03-05T13:00:00Z'],
  ['2026-03-05T05:30:00Z', ['America/New_York'], '2026-03-05T13:00:00Z'],
  // Both zones of a state: the later morning, the earlier evening
  ['2026-03-05T13:10:00Z', ['America/New_York', 'America/Chicago'], '2026-03-05T14:00:00Z'],
  ['2026-03-05T02:10:00Z', ['America/New_York', 'America/Chicago'], '2026-03-05T14:00:00Z'],
  // The night in which the clock goes forward
  ['2026-03-08T06:30:00Z', ['America/New_York'], '2026-03-08T12:00:00Z'],
  ['2026-03-05T18:30:00Z', ['Pacific/Guam'], '2026-03-05T22:00:00Z'],
] as const)('from %s in %j the first moment that is not quiet is %s', (now, zones, expected) => {
  expect(new Date(openFrom(at(now), zones, usualRules)).toISOString()).toBe(new Date(expected).toISOString());
});

test.each([
  [
    '8:00 of the morning on which the clock went forward is open.',
    '2026-03-08T12:00:00Z',
    'America/New_York',
    '',
  ],
  ['7:59 of it is not.', '2026-03-08T11:59:00Z', 'America/New_York', '2026-03-08T12:00:00Z'],
  [
    '8:00 of the morning before, an hour later in UTC.',
    '2026-03-07T12:00:00Z',
    'America/New_York',
    '2026-03-07T13:00:00Z',
  ],
  ['8:59 pm of the evening before is open.', '2026-03-08T01:59:00Z', 'America/New_York', ''],
  [
    '9:00 pm of it waits for the new time.',
    '2026-03-08T02:00:00Z',
    'America/New_York',
    '2026-03-08T12:00:00Z',
  ],
  [
    '1:30 am comes twice as the clock goes back; both wait.',
    '2026-11-01T05:30:00Z',
    'America/New_York',
    '2026-11-01T13:00:00Z',
  ],
  ['The second 1:30 am waits as well.', '2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T13:00:00Z'],
  [
    '8:00 by the old clock is quiet by the new.',
    '2026-11-01T12:00:00Z',
    'America/New_York',
    '2026-11-01T13:00:00Z',
  ],
  ['Arizona does not change its clock.', '2026-03-08T14:30:00Z', 'America/Phoenix', '2026-03-08T15:00:00Z'],
  [
    'Noon in New York is quiet in Honolulu.',
    '2026-03-04T17:00:00Z',
    'Pacific/Honolulu',
    '2026-03-04T18:00:00Z',
  ],
  ['Midnight in New York is open in Honolulu.', '2026-03-05T05:00:00Z', 'Pacific/Honolulu', ''],
] as const)('%s', (_, now, zone, expected) => {
  const open = new Date(openFrom(at(now), [zone], usualRules)).toISOString();
  expect(open).toBe(new Date(expected || now).toISOString());
});

test('the last word of a number holds, for all or for its purpose', () => {
  expect(isOptedOut([], 'billing')).toBe(false);
  expect(isOptedOut([{ purpose: 'billing', state: 'out' }], 'reminder')).toBe(false);
  expect(isOptedOut([{ purpose: 'billing', state: 'out' }], 'billing')).toBe(true);
  expect(
    isOptedOut(
      [
        { purpose: 'all', state: 'in' },
        { purpose: 'all', state: 'out' },
      ],
      'reminder',
    ),
  ).toBe(false);
  expect(
    isOptedOut(
      [
        { purpose: 'all', state: 'out' },
        { purpose: 'billing', state: 'in' },
      ],
      'billing',
    ),
  ).toBe(true);
});

test('tries come further and further apart, up to an hour, or as the provider asks', () => {
  expect([1, 2, 3, 7, 8, 20].map((tries) => waitSeconds(tries))).toEqual([30, 60, 120, 1920, 3600, 3600]);
  expect(waitSeconds(1, 300)).toBe(300);
});

test('a reason is said in words, and what a provider said as it stands', () => {
  expect(sayWhy('not-asked')).toBe(whyWords['not-asked']);
  expect(sayWhy('the carrier did not take it (30003)')).toBe('the carrier did not take it (30003)');
});
