import { expect, test } from 'vitest';
import { kindOf, momentLabel, plainTerm, readMoment, whenLabel } from './rules.ts';
import type { OutsideEncounter } from './schema.ts';

const zone = 'America/New_York';

test.each([
  ['2011', '2011-01-01T00:00:00.000Z', 'year'],
  ['2011-11', '2011-11-01T00:00:00.000Z', 'month'],
  ['2011-11-21', '2011-11-21T00:00:00.000Z', 'day'],
  ['2011-11-21T07:00:48+00:00', '2011-11-21T07:00:48.000Z', 'time'],
  ['2011-11-21T07:00:48.5-05:00', '2011-11-21T12:00:48.500Z', 'time'],
  ['2011-11-21T07:00Z', '2011-11-21T07:00:00.000Z', 'time'],
])('%s is read as precisely as it is', (text, at, precision) => {
  expect(readMoment(text)).toEqual({ at, precision });
});

test.each([
  ...[
    '',
    '11',
    '2011-13',
    '2011-02-30',
    '2011-11-21T07:00:48',
    '2011-11-21T25:00:00Z',
    'Nov 2011',
    '2011-11-',
  ],
])('“%s” is no moment', (text) => {
  expect(readMoment(text)).toBeNull();
});

test.each([
  ['2011', '2011'],
  ['2011-11', 'Nov 2011'],
  ['2011-11-21', 'Mon, Nov 21, 2011'],
  ['2011-11-21T03:05:00+00:00', 'Sun, Nov 20, 2011, 10:05 pm'],
])('%s is shown as %s, no more than is known', (text, label) => {
  const moment = readMoment(text);
  expect(moment && momentLabel(moment, zone)).toBe(label);
});

const between = (from: string, to: string | null): OutsideEncounter => {
  const [starts, ends] = [readMoment(from), to === null ? null : readMoment(to)];
  return {
    ...{ encounterId: '', patientId: '', status: 'finished', kind: '', practitioner: '', organization: '' },
    ...{ startsAt: starts?.at ?? '', startsPrecision: starts?.precision ?? 'day', reason: '' },
    ...{ endsAt: ends?.at ?? null, endsPrecision: ends?.precision ?? null },
  };
};

test.each([
  ['2011-11-21T15:00:00Z', '2011-11-21T15:30:00Z', 'Mon, Nov 21, 2011, 10:00 am'],
  ['2011-11-21T15:00:00Z', '2011-11-24', 'Mon, Nov 21, 2011, 10:00 am, until Thu, Nov 24, 2011'],
  ['2011-11-21T15:00:00Z', '2011-11-21', 'Mon, Nov 21, 2011, 10:00 am'],
  ['2011-11', '2011-12', 'Nov 2011, until Dec 2011'],
  ['2011', null, '2011'],
])('from %s to %s reads “%s”', (from, to, label) => {
  expect(whenLabel(between(from, to), zone)).toBe(label);
});

test.each([
  ['Encounter for check up (procedure)', 'AMB', 'Encounter for check up'],
  ['Encounter for problem', 'EMER', 'Encounter for problem (emergency)'],
  ['Emergency room admission (procedure)', 'EMER', 'Emergency room admission'],
  ['Encounter Inpatient', 'IMP', 'Encounter Inpatient'],
  ['Observation of chest pain', 'IMP', 'Observation of chest pain (hospital stay)'],
  ['', 'IMP', 'Hospital stay'],
  ['', 'HUH', 'Visit'],
  ['Consultation', 'HUH', 'Consultation'],
])('type “%s” of class %s is “%s”', (type, code, kind) => {
  expect(kindOf(type, code)).toBe(kind);
});

test('a term is said without what sort of concept it is', () => {
  expect(['Asthma (disorder)', 'Fever (finding) ', 'Visit (new)'].map(plainTerm)).toEqual([
    ...['Asthma', 'Fever', 'Visit (new)'],
  ]);
});
