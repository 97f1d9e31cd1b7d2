import { ageOn } from '../../../platform/calendar/dates.ts';
import { callName, fileName } from '../../patients/rules.ts';
import type { LabelsAsked } from '../schema.ts';

/** What stands of a person on paper. Pure. */

/** The JSON columns leave out what is usual (patients/kept/rules.ts). */
export type PrintedPerson = {
  patientId: string;
  mrn: string;
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  preferredName: string;
  pronouns: string;
  sex: 'female' | 'male' | 'other' | 'unknown';
  bornOn: string | null;
  deceased: boolean;
  language: string;
  interpreterNeeded: boolean;
  phones: { kind?: string; number: string; preferred?: boolean; note?: string }[];
  addresses: {
    kind?: string;
    line1: string;
    line2?: string;
    city: string;
    state?: string;
    zip?: string;
    country?: string;
  }[];
  alerts: string[];
};

/** `03/14/1961` */
export const usDate = (date: string) => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;

/** `+15550102233` → `(555) 010-2233`; of other countries as it is. */
export function usPhone(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

/** `Muñoz, José “Pepe”`: as filed, and how they are called where that differs. */
export function filedAs(person: PrintedPerson): string {
  const { preferredName } = person;
  return preferredName ? `${fileName(person)} “${preferredName}”` : fileName(person);
}

/** `03/14/1961 (64)`, the age on the day that is printed. */
export function bornText({ bornOn }: PrintedPerson, on: string): string {
  if (!bornOn) return 'unknown';
  return bornOn > on ? usDate(bornOn) : `${usDate(bornOn)} (${ageOn(bornOn, on)})`;
}

/** All phones, the one to call first: `(555) 010-2233 mobile`. */
export function phoneTexts({ phones }: PrintedPerson): string[] {
  const ordered = [...phones].sort((a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false));
  return ordered.map((one) =>
    [usPhone(one.number), one.kind ?? 'mobile', one.note].filter(Boolean).join(' '),
  );
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

export function languageText(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

/** What everyone must see: an interpreter, then the alerts, the gravest first. */
export function alertTexts({ interpreterNeeded, language, alerts, deceased }: PrintedPerson): string[] {
  return [
    ...(deceased ? ['Deceased'] : []),
    ...(interpreterNeeded ? [`Interpreter: ${languageText(language)}`] : []),
    ...alerts,
  ];
}

const addressOrder = ['mailing', 'home', 'temporary', 'work', 'other'];

/** Where mail goes: the mailing address, else the home. */
export function mailAddress({ addresses }: PrintedPerson): PrintedPerson['addresses'][number] | undefined {
  const rank = (one: { kind?: string }) => addressOrder.indexOf(one.kind ?? 'home');
  return [...addresses].sort((a, b) => rank(a) - rank(b))[0];
}

/** As on an envelope (USPS Publication 28, 2): name, street, place; the country where it is another. */
export function addressLines(person: PrintedPerson): string[] {
  const address = mailAddress(person);
  if (!address) return [];
  const { line1, line2 = '', city, state = '', zip = '', country = 'US' } = address;
  const place = [[city, state].filter(Boolean).join(' '), zip].filter(Boolean).join('  ');
  const name = [person.givenName, person.middleName, person.familyName, person.suffix]
    .filter(Boolean)
    .join(' ');
  return [name, line1, line2, place, country === 'US' ? '' : country].filter(Boolean);
}

const sexLetters = { female: 'F', male: 'M', other: 'X', unknown: '' };

/** On the folder of a chart. */
export function chartLines(person: PrintedPerson): string[] {
  const born = person.bornOn ? `Born ${usDate(person.bornOn)}` : 'Birth date unknown';
  const [phone] = phoneTexts(person);
  return [
    fileName(person),
    [born, sexLetters[person.sex]].filter(Boolean).join('  ·  '),
    `MRN ${person.mrn}`,
    phone ?? '',
  ].filter(Boolean);
}

/** Why no label of this kind is printed for someone; null where one is. */
export function whyNoLabel(person: PrintedPerson, kind: LabelsAsked['kind']): string | null {
  if (kind === 'chart') return null;
  // Mail to someone who died hurts who opens it.
  if (person.deceased) return `${callName(person)} has died: no address label.`;
  return mailAddress(person) ? null : `${callName(person)} has no address on record.`;
}
