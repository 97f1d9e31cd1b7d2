import { expect, test } from 'vitest';
import { rounds, seed } from '../../../test/rounds.ts';
import { addDays } from '../../platform/calendar/dates.ts';
import { seeded } from '../../platform/random.ts';
import {
  isInForce,
  isNoInsurance,
  payerKey,
  payerNameOf,
  planKindOf,
  rankWords,
  relationshipOf,
} from './rules.ts';
import { inventCoverages } from './simulate.ts';

test.each([
  [['private'], 'commercial'],
  [['Medicare Part B'], 'medicare'],
  [['MCPOL'], 'medicare'],
  [['New York Medicaid'], 'medicaid'],
  [['PPO', 'Tricare Prime'], 'military'],
  [["Workers' Comp"], 'work'],
  [['WCBPOL'], 'work'],
  [['AUTOPOL', 'automobile'], 'auto'],
  [['HMO'], 'commercial'],
  [['Dental'], 'other'],
  [[], 'other'],
] as const)('%j is a plan of kind %s', (words, kind) => {
  expect(planKindOf(words)).toBe(kind);
});

test.each([
  ['no_insurance', true],
  ['No Insurance', true],
  ['Self-Pay', true],
  ['NONE', true],
  ['', false],
  ['private', false],
  ['Nonesuch Health', false],
])('“%s” as payer says that nobody else pays: %s', (name, none) => {
  expect(isNoInsurance(name)).toBe(none);
});

test('one payer is one however it is spelled', () => {
  expect(payerKey('Alder  Mutual, Inc.')).toBe(payerKey('ALDER MUTUAL INC'));
  expect(payerKey('Alder Mutual')).not.toBe(payerKey('Alder Health'));
});

test('a word of a bill is said as the office says it', () => {
  expect(['private', 'medicare', ' Alder Mutual '].map(payerNameOf)).toEqual([
    'Private insurance',
    'Medicare',
    'Alder Mutual',
  ]);
});

const lasting = { status: 'active', since: '2026-01-01', until: null } as const;
test.each([
  ['since January', lasting, true],
  ['until today', { ...lasting, until: '2026-03-04' }, true],
  ['until yesterday', { ...lasting, until: '2026-03-03' }, false],
  ['from tomorrow on', { ...lasting, since: '2026-03-05' }, false],
  ['without dates', { ...lasting, since: null }, true],
  ['cancelled', { ...lasting, status: 'cancelled' }, false],
] as const)('a coverage %s stands on March 4: %#', (_, coverage, stands) => {
  expect(isInForce(coverage, '2026-03-04')).toBe(stands);
});

test('who pays in which order is said in words', () => {
  expect([1, 2, 3, 4, null].map(rankWords)).toEqual([
    ...['pays first', 'pays second', 'pays third', 'pays in place 4', ''],
  ]);
});

test('what the patient is to the subscriber is read from the code', () => {
  expect(['self', 'common', 'injured', 'x', undefined].map(relationshipOf)).toEqual([
    ...['self', 'spouse', 'other', '', ''],
  ]);
});

test('an invented person is insured from birth on at the earliest, once in first place, and not ahead', () => {
  const today = '2026-03-04';
  const people = rounds(300, 5000);
  for (let number = 0; number < people; number++) {
    const random = seeded(seed(), 'coverage', number);
    const person = { patientId: '', bornOn: addDays(today, -random.between(500, 36_000)) };
    const plans = inventCoverages(random, person, today);
    const first = plans.filter((one) => one.rank === 1);
    expect(first.length).toBe(plans.length > 0 ? 1 : 0);
    for (const { since, until } of plans) {
      expect(since === null || (since >= person.bornOn && since <= today)).toBe(true);
      expect(until === null || (until > person.bornOn && until < today)).toBe(true);
    }
  }
});
