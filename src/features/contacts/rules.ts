import { foldJoined, foldWords, nationalDigits } from '../patients/rules.ts';
import type { ContactAddress, ContactKind, ContactPhone } from './schema.ts';

type Named = {
  kind: ContactKind;
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  credentials: string;
  organizationName: string;
};

const joined = (parts: readonly string[], between: string) => parts.filter(Boolean).join(between);

/** "Okafor, Ben A., MD", of an organization its name: as the directory files it. */
export function filedName(contact: Named): string {
  if (contact.kind === 'organization') return contact.organizationName;
  const first = joined([contact.givenName, contact.middleName], ' ');
  return joined([contact.familyName, first, contact.suffix, contact.credentials], ', ');
}

/** "Ben Okafor, MD": as a letter or a sentence says it. */
export function spokenName(contact: Named): string {
  if (contact.kind === 'organization') return contact.organizationName;
  const name = joined([contact.givenName, contact.familyName, contact.suffix], ' ');
  return joined([name, contact.credentials], ', ');
}

/** `contacts.search_name`: by it the directory is in order, and the same name is found again. */
export function searchName(contact: Named): string {
  if (contact.kind === 'organization') return foldJoined(contact.organizationName);
  return joined([foldJoined(contact.familyName), foldJoined(contact.givenName)], ' ');
}

type Found = Named & {
  specialty: string;
  npi: string | null;
  phones: readonly Pick<ContactPhone, 'number'>[];
  fax: string;
  address: Pick<ContactAddress, 'city' | 'zip'>;
};

const between = (words: Iterable<string>) => {
  const all = [...new Set(words)].filter((word) => word !== '');
  return all.length === 0 ? '' : ` ${all.join(' ')} `;
};

/** `contacts.search_organization`: of the organization that a person works at. */
export function organizationWords(name: string): string {
  return between(foldWords(name));
}

/** `contacts.search_text`: every word and number by which a contact is found, each between blanks. */
export function searchText(contact: Found): string {
  const { familyName, givenName, middleName, organizationName, specialty, address } = contact;
  const numbers = [...contact.phones.map((phone) => phone.number), contact.fax].map(nationalDigits);
  return between([
    ...[familyName, givenName].map(foldJoined),
    ...[familyName, givenName, middleName, organizationName, specialty, address.city].flatMap(foldWords),
    address.zip.slice(0, 5),
    contact.npi ?? '',
    ...numbers,
  ]);
}

/** What a search looks for: each pattern must be met; `first` is the start of a name where it is one. */
export type Reading = { patterns: string[]; first: string };

const mostWords = 6;

/**
 * "card alder", "okafor 5550102": a word meets the start of a word, digits (three or more) any part of a number. A
 * phone typed in groups is one number; so is an NPI.
 */
export function readSearch(text: string): Reading {
  // (607) 555-0123, 607.555.0123, +1 607 555 0123: told apart from a house number by its length
  const phone = /\+?[\d(][\d\s().-]{5,}\d/g;
  const numbers = [...text.matchAll(phone)].map(([found]) => nationalDigits(found.replace(/[^\d+]/g, '')));
  const rest = text.replace(phone, ' ').replace(/\bdr\.?(?=\s|$)/gi, ' ');
  const words = foldWords(rest);
  const patterns = [...numbers.map((digits) => digits.replace(/^1(?=\d{10}$)/, '')), ...words]
    .slice(0, mostWords)
    .map((word) => (/^\d{3,}$/.test(word) ? `%${word}%` : `% ${word}%`));
  return { patterns, first: words[0] ?? '' };
}
