import { expect, test } from 'vitest';
import { type UrgencyFacts, urgencyOf, weightOf } from './rules.ts';

const nowMs = Date.parse('2026-03-04T15:00:00Z');
const dayMs = 86_400_000;
const usual: UrgencyFacts = {
  ...{
    state: 'booked',
    startMs: nowMs + 3_600_000,
    arrivedMs: null,
    confirmedMs: null,
    bookedMs: nowMs - dayMs,
  },
  ...{ typeName: 'Follow-up', typeCode: 'fu', reason: '', note: '', slot: '', movedBefore: 0 },
  ...{ followUpBy: null, followUpPriority: null },
  ...{ inSeries: false, inGroup: false, interpreter: '', patientZip: '12207', siteZip: '12210' },
  timeZone: 'America/New_York',
};
const flags = ['chest pain'];
const textsOf = (more: Partial<UrgencyFacts>) =>
  urgencyOf({ ...usual, ...more }, { nowMs, flags }).reasons.map((one) => one.text);

test.each<[string, Partial<UrgencyFacts>, string[]]>([
  ['nothing in particular', {}, []],
  [
    'who waits here already',
    { state: 'arrived', arrivedMs: nowMs - 20 * 60_000 },
    ['is here, waiting 20 min'],
  ],
  ['a word of danger of the practice', { reason: 'Chest pain on stairs' }, ['says “chest pain”']],
  ['the kind of visit', { typeName: 'Urgent visit' }, ['urgent by its words: urgent']],
  ['an urgent slot', { slot: 'URG (Urgent)' }, ['in an urgent slot']],
  ['after surgery', { typeName: 'Post-op check' }, ['around surgery: post-op']],
  ['booked long ago', { bookedMs: nowMs - 60 * dayMs }, ['booked since Sat, Jan 3']],
  ['moved by us before', { movedBefore: 2 }, ['moved by us 2 times already']],
  ['a follow-up with its window', { followUpBy: '2026-03-20' }, ['follow-up due by Fri, Mar 20']],
  ['has prepared', { note: 'fasting since midnight' }, ['has prepared: fasting']],
  ['has confirmed', { confirmedMs: nowMs }, ['has confirmed']],
  ['an interpreter', { interpreter: 'Spanish' }, ['interpreter: Spanish']],
  ['another region by ZIP', { patientZip: '13210' }, ['comes from 13210']],
  ['no ZIP, no guess', { patientZip: '' }, []],
  ['a ride in the note', { note: 'medicab 9:30' }, ['transport is arranged: medicab']],
])('%s', (_, facts, expected) => {
  expect(textsOf(facts)).toEqual(expected);
});

test('a follow-up weighs the more the sooner it was wanted and the nearer its window ends', () => {
  const of = (followUpBy: string, followUpPriority: string) =>
    urgencyOf({ ...usual, followUpBy, followUpPriority }, { nowMs, flags }).score;
  expect([
    of('2026-04-20', 'routine'),
    of('2026-03-09', 'routine'),
    of('2026-03-09', 'soon'),
    of('2026-03-09', 'urgent'),
  ]).toEqual([5, 15, 30, 45]);
});

test('the weightiest reason stands first, and weighs in the search', () => {
  const facts = {
    ...usual,
    state: 'arrived' as const,
    arrivedMs: nowMs,
    interpreter: 'Spanish',
    confirmedMs: nowMs,
  };
  const { score, reasons } = urgencyOf(facts, { nowMs, flags });
  expect(reasons.map((one) => one.kind)).toEqual(['here', 'interpreter', 'confirmed']);
  expect([score, weightOf(0), weightOf(180), weightOf(999)]).toEqual([115, 1, 10, 10]);
});
