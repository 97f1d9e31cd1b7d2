import { formatCount, formatDate } from '../../../../ui/format.ts';
import type { PatientRecord } from '../../api.ts';
import { languageName, sexWords } from '../../web/choices.ts';
import { factText, wordsOf } from '../../web/fact-text.ts';
import type { ChosenField, Obstacle, unitedFields } from '../rules.ts';

export const fieldLabels: Record<ChosenField | (typeof unitedFields)[number], string> = {
  familyName: 'Last name',
  givenName: 'First name',
  middleName: 'Middle name',
  suffix: 'Suffix',
  preferredName: 'Called',
  pronouns: 'Pronouns',
  sex: 'Sex',
  genderIdentity: 'Gender identity',
  bornOn: 'Born',
  language: 'Language',
  interpreterNeeded: 'Interpreter',
  maritalStatus: 'Marital status',
  email: 'E-mail',
  guarantor: 'Who pays',
  formerNames: 'Former names',
  phones: 'Phones',
  addresses: 'Addresses',
  contacts: 'Contacts',
  note: 'Note',
};

/** A field of a record as one reads it; '' when nothing is known. */
export function valueText(field: keyof typeof fieldLabels, record: PatientRecord): string {
  switch (field) {
    case 'sex':
      return record.sex === 'unknown' ? '' : (sexWords[record.sex] ?? record.sex);
    case 'language':
      return languageName(record.language);
    case 'interpreterNeeded':
      return record.interpreterNeeded ? 'needed' : 'not needed';
    case 'bornOn':
      return record.bornOn ? formatDate(record.bornOn) : '';
    case 'guarantor':
      if (!record.guarantor) return 'the patient';
      return [record.guarantor.patientId ? 'another patient' : '', factText(record.guarantor)]
        .filter(Boolean)
        .join(', ');
    case 'note':
      return record.note;
    default:
      return factText(record[field]);
  }
}

export type Counted = { words: { one: string; many: string }; count: number };

/** `2 visits`, in the words of the feature that holds them. */
export function holdingText({ words, count }: Counted): string {
  return formatCount(count, words.one, words.many);
}

/** `2 visits, 1 task and 1 alert` */
export function listText(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** What was not undone by taking apart, in sentences; none when everything went back. */
export function leftText(apart: { kept: readonly string[]; stayed: readonly Counted[] }) {
  const labels: Record<string, string> = fieldLabels;
  const kept = apart.kept.map((field) => (labels[field] ?? wordsOf(field)).toLowerCase());
  const stayed = apart.stayed.map(holdingText);
  return [
    kept.length > 0 ? `Changed since the merge, so it stays as it is: ${listText(kept)}.` : '',
    stayed.length > 0 ? `Did not go back: ${listText(stayed)}.` : '',
  ].filter(Boolean);
}

export const obstacleText: Record<Obstacle, { title: string; text: string }> = {
  'same-record': {
    title: 'This is one and the same record',
    text: 'Choose another record of this person to merge it with.',
  },
  'one-already': {
    title: 'These two are one already',
    text: 'Open the record that stayed to see it, or to take them apart.',
  },
  'part-of-another': {
    title: 'One of these became part of another record',
    text: 'Open that record and merge from there, or take it apart first.',
  },
  'in-error': {
    title: 'One of these was entered in error',
    text: 'It is kept for the audit and cannot be merged.',
  },
  'one-deceased': {
    title: 'One of the records says that this person has died',
    text: 'Open each, make both say the same, then merge.',
  },
};
