import type { Choice } from '../../../ui/fields.tsx';
import { usStates } from '../schema.ts';

const plain = (...words: string[]): Choice[] => words.map((word) => ({ value: word, label: word }));

export const sexChoices: readonly Choice[] = [
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'other', label: 'Other (X)' },
  { value: 'unknown', label: 'Not known' },
];
export const sexWords: Record<string, string> = Object.fromEntries(
  sexChoices.map(({ value, label }) => [value, label]),
);

/** The languages most spoken at home in the US (American Community Survey), and sign language. */
const languages: readonly [string, string][] = [
  ['en', 'English'],
  ['es', 'Spanish'],
  ['zh', 'Chinese'],
  ['tl', 'Tagalog'],
  ['vi', 'Vietnamese'],
  ['ar', 'Arabic'],
  ['fr', 'French'],
  ['ko', 'Korean'],
  ['ru', 'Russian'],
  ['pt', 'Portuguese'],
  ['ht', 'Haitian Creole'],
  ['hi', 'Hindi'],
  ['de', 'German'],
  ['pl', 'Polish'],
  ['it', 'Italian'],
  ['ur', 'Urdu'],
  ['fa', 'Persian'],
  ['ja', 'Japanese'],
  ['bn', 'Bengali'],
  ['gu', 'Gujarati'],
  ['te', 'Telugu'],
  ['so', 'Somali'],
  ['uk', 'Ukrainian'],
  ['ase', 'American Sign Language'],
];
const languageNames = new Map(languages);

/** `es` or `es-MX` → Spanish; a code that is not in the list stays as it is. */
export function languageName(code: string): string {
  return languageNames.get(code) ?? languageNames.get(code.split('-')[0] ?? '') ?? code;
}

/** The list, with the person's own where it is none of them. */
export function languageChoices(current: string): Choice[] {
  const list = languages.map(([value, label]) => ({ value, label }));
  const known = list.some((choice) => choice.value === current);
  return known || current === '' ? list : [{ value: current, label: languageName(current) }, ...list];
}

/** A fixed list of words, with the person's own where it is none of them. */
function withCurrent(list: readonly Choice[], current: string): Choice[] {
  const known = current === '' || list.some((choice) => choice.value === current);
  return known ? [...list] : [...plain(current), ...list];
}

export const pronounChoices = (current: string) =>
  withCurrent(plain('she/her', 'he/him', 'they/them', 'she/they', 'he/they'), current);
export const maritalChoices = (current: string) =>
  withCurrent(plain('Single', 'Married', 'Partner', 'Separated', 'Divorced', 'Widowed', 'Annulled'), current);
export const phoneKindChoices: readonly Choice[] = [
  { value: 'mobile', label: 'Mobile' },
  { value: 'home', label: 'Home' },
  { value: 'work', label: 'Work' },
  { value: 'other', label: 'Other' },
];
export const addressKindChoices: readonly Choice[] = [
  { value: 'home', label: 'Home' },
  { value: 'mailing', label: 'Mailing' },
  { value: 'work', label: 'Work' },
  { value: 'temporary', label: 'Temporary' },
  { value: 'other', label: 'Other' },
];
export const contactKindChoices: readonly Choice[] = [
  { value: 'emergency', label: 'Emergency contact' },
  { value: 'authorized', label: 'May hear about care' },
  { value: 'caregiver', label: 'Caregiver' },
];
export const kindWords: Record<string, string> = Object.fromEntries(
  [...phoneKindChoices, ...addressKindChoices, ...contactKindChoices].map(({ value, label }) => [
    value,
    label,
  ]),
);
export const stateChoices: readonly Choice[] = usStates.map(({ code, name }) => ({
  value: code,
  label: `${code} ${name}`,
}));
export const guarantorChoices: readonly Choice[] = [
  { value: 'self', label: 'The patient' },
  { value: 'patient', label: 'Another patient' },
  { value: 'person', label: 'Someone else' },
];
