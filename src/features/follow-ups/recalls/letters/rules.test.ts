import { expect, it } from 'vitest';
import type { PrintedPerson } from '../../../prints/people/rules.ts';
import { letterOf } from './rules.ts';

const person: PrintedPerson = {
  ...{ patientId: 'p', mrn: '1', givenName: 'Ada', middleName: '', familyName: 'Lund', suffix: '' },
  ...{ preferredName: '', pronouns: '', sex: 'female', bornOn: '1961-03-14', deceased: false },
  ...{ language: 'en', interpreterNeeded: false, phones: [], addresses: [], alerts: [] },
};
const followUp = { visitTypeName: 'Follow-up', physicianName: 'Dr. Lee', targetOn: '2026-02-06' };
const told = { person, followUp, letterNo: 1, today: '2026-03-04' };

it('names the number to call as people dial it', () => {
  const { paragraphs } = letterOf({ ...told, practice: { name: 'Elm Street', phone: '+16075550100' } });
  expect(paragraphs[3]).toMatch(/^Please call us at \(607\) 555-0100 to find a time/);
});

it('asks to call also where no number is on record', () => {
  const { paragraphs } = letterOf({ ...told, practice: { name: 'Elm Street', phone: '' } });
  expect(paragraphs[3]).toMatch(/^Please call us to find a time/);
});
