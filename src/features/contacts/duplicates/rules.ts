import { nationalDigits } from '../../patients/rules.ts';
import { organizationWords, searchName } from '../rules.ts';
import type { ContactDraft } from '../schema.ts';

export type Compared = Pick<
  ContactDraft,
  | 'kind'
  | 'familyName'
  | 'givenName'
  | 'middleName'
  | 'suffix'
  | 'credentials'
  | 'npi'
  | 'organizationName'
  | 'organizationId'
  | 'fax'
> & { phones: readonly { number: string }[]; address: { city: string } };

const numbersOf = (contact: Compared) =>
  [...contact.phones.map((phone) => phone.number), contact.fax].filter(Boolean).map(nationalDigits);

function worksAlike(one: Compared, other: Compared): boolean {
  if (one.organizationId && one.organizationId === other.organizationId) return true;
  const words = organizationWords(one.organizationName);
  return words !== '' && words === organizationWords(other.organizationName);
}

/**
 * Why two are likely one, in words; empty when they are not. The same NPI is the same contact; the same name is,
 * with the same number, the same organization, or (two organizations) in the same city. Two NPIs are two.
 */
export function whyAlike(draft: Compared, known: Compared): string[] {
  if (draft.npi && known.npi) return draft.npi === known.npi ? ['same NPI'] : [];
  if (searchName(draft) !== searchName(known)) return [];
  const numbers = new Set(numbersOf(known));
  const isPlace = draft.kind === 'organization' && known.kind === 'organization';
  const city = draft.address.city.toLowerCase();
  const why = [
    numbersOf(draft).some((number) => numbers.has(number)) ? 'same number' : '',
    !isPlace && worksAlike(draft, known) ? 'same organization' : '',
    isPlace && city !== '' && city === known.address.city.toLowerCase() ? 'same city' : '',
  ].filter(Boolean);
  return why.length === 0 ? [] : ['same name', ...why];
}
