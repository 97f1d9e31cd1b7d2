import { z } from 'zod';
import type { Choice } from '../../../ui/fields.tsx';
import { type Contact, ContactDraft, type ContactKind, type Reach } from '../schema.ts';

/** A contact as the form holds it: texts and lists with empty rows, as fields want them. */
export type ContactValues = {
  kind: ContactKind;
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  credentials: string;
  specialty: string;
  npi: string;
  organizationName: string;
  /** an organization of the directory; '' where its name is only typed */
  organizationId: string;
  /** what that organization is called */
  organizationShown: string;
  phones: { kind: string; number: string; note: string }[];
  fax: string;
  email: string;
  address: { line1: string; line2: string; city: string; state: string; zip: string };
  reach: Reach;
  note: string;
};

export const emptyContactPhone = { kind: 'office', number: '', note: '' };

export const emptyContactValues: ContactValues = {
  kind: 'physician',
  familyName: '',
  givenName: '',
  middleName: '',
  suffix: '',
  credentials: '',
  specialty: '',
  npi: '',
  organizationName: '',
  organizationId: '',
  organizationShown: '',
  phones: [emptyContactPhone],
  fax: '',
  email: '',
  address: { line1: '', line2: '', city: '', state: '', zip: '' },
  reach: '',
  note: '',
};

/** The form's values of a contact who is here. */
export function contactValuesOf(contact: Contact): ContactValues {
  const known = Object.keys(emptyContactValues);
  const own = Object.fromEntries(Object.entries(contact).filter(([key]) => known.includes(key)));
  return {
    ...emptyContactValues,
    ...own,
    npi: contact.npi ?? '',
    organizationId: contact.organizationId ?? '',
    organizationShown: contact.organization?.name ?? '',
    phones: contact.phones.length > 0 ? contact.phones : [emptyContactPhone],
  };
}

/** What was typed to find someone begins the form: "ben okafor" is a first and a last name. */
export function contactFromSearch(typed: string): ContactValues {
  const words = typed.split(/\s+/).filter((word) => /\p{L}/u.test(word) && !/^dr\.?$/i.test(word));
  const names = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { ...emptyContactValues, givenName: names.slice(0, -1).join(' '), familyName: names.at(-1) ?? '' };
}

function cleaned({ organizationShown, ...values }: ContactValues) {
  return {
    ...values,
    organizationId: values.organizationId || null,
    phones: values.phones.filter((phone) => phone.number !== ''),
  };
}

/** What the form is checked with, and what is sent of it: rows that nobody filled in are left out. */
export const ContactForm = z.preprocess((values) => cleaned(values as ContactValues), ContactDraft);

export const kindChoices: readonly Choice[] = [
  { value: 'physician', label: 'Physician' },
  { value: 'clinician', label: 'Other clinician' },
  { value: 'organization', label: 'Organization' },
] satisfies { value: ContactKind; label: string }[];

export const phoneKindChoices: readonly Choice[] = [
  { value: 'office', label: 'Office' },
  { value: 'backline', label: 'Back line' },
  { value: 'mobile', label: 'Mobile' },
  { value: 'other', label: 'Other' },
];

export const reachWords: Record<Reach, string> = {
  '': '',
  fax: 'By fax',
  phone: 'By phone',
  email: 'By e-mail',
  mail: 'By mail',
  portal: 'Through a portal',
};
export const reachChoices: readonly Choice[] = Object.entries(reachWords)
  .filter(([value]) => value !== '')
  .map(([value, label]) => ({ value, label }));
