import { z } from 'zod';
import type { PatientRecord } from '../api.ts';
import { PatientChange, PatientDraft } from '../schema.ts';

/** A person as the form holds them: texts and lists with empty rows, as fields want them. */
export type PersonValues = {
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  preferredName: string;
  formerNames: string;
  pronouns: string;
  sex: string;
  genderIdentity: string;
  bornOn: string;
  language: string;
  interpreterNeeded: boolean;
  maritalStatus: string;
  email: string;
  phones: PhoneValues[];
  addresses: AddressValues[];
  contacts: ContactValues[];
  guarantor: GuarantorValues;
  note: string;
};
export type PhoneValues = {
  kind: string;
  number: string;
  note: string;
  preferred: boolean;
  mayText: boolean;
  mayLeaveVoicemail: boolean;
};
export type AddressValues = {
  kind: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
};
export type ContactValues = { kind: string; name: string; relationship: string; phone: string; note: string };
export type GuarantorValues = {
  who: 'self' | 'patient' | 'person';
  patientId: string;
  name: string;
  relationship: string;
  phone: string;
  bornOn: string;
  address: AddressValues;
};

export const emptyPhone: PhoneValues = {
  kind: 'mobile',
  number: '',
  note: '',
  preferred: false,
  mayText: false,
  mayLeaveVoicemail: false,
};
export const emptyAddress: AddressValues = {
  kind: 'home',
  line1: '',
  line2: '',
  city: '',
  state: '',
  zip: '',
  country: 'US',
};
export const emptyContact: ContactValues = {
  kind: 'emergency',
  name: '',
  relationship: '',
  phone: '',
  note: '',
};

export const emptyPerson: PersonValues = {
  familyName: '',
  givenName: '',
  middleName: '',
  suffix: '',
  preferredName: '',
  formerNames: '',
  pronouns: '',
  sex: '',
  genderIdentity: '',
  bornOn: '',
  language: 'en',
  interpreterNeeded: false,
  maritalStatus: '',
  email: '',
  phones: [emptyPhone],
  addresses: [emptyAddress],
  contacts: [emptyContact],
  guarantor: {
    ...{ who: 'self', patientId: '', name: '', relationship: '', phone: '', bornOn: '' },
    address: emptyAddress,
  },
  note: '',
};

const orEmpty = <T>(list: readonly T[], empty: T): T[] => (list.length > 0 ? [...list] : [empty]);

/** The form's values of a person who is here. */
export function valuesOf(patient: PatientRecord): PersonValues {
  const { guarantor } = patient;
  return {
    ...emptyPerson,
    ...patient,
    bornOn: patient.bornOn ?? '',
    formerNames: patient.formerNames.join('; '),
    phones: orEmpty(patient.phones, emptyPhone),
    addresses: orEmpty(patient.addresses, emptyAddress),
    contacts: orEmpty(patient.contacts, emptyContact),
    guarantor: {
      who: !guarantor ? 'self' : guarantor.patientId ? 'patient' : 'person',
      patientId: guarantor?.patientId ?? '',
      name: guarantor?.name ?? '',
      relationship: guarantor?.relationship ?? '',
      phone: guarantor?.phone ?? '',
      bornOn: guarantor?.bornOn ?? '',
      address: guarantor?.address ?? emptyAddress,
    },
  };
}

const hasStreet = ({ line1, city, zip, state }: AddressValues) =>
  [line1, city, zip, state].some((text) => text !== '');

function guarantorOf(values: GuarantorValues) {
  const { who, patientId, name, relationship, phone, bornOn, address } = values;
  if (who === 'self') return null;
  return who === 'patient'
    ? { patientId, relationship }
    : { name, relationship, phone, bornOn, address: hasStreet(address) ? address : null };
}

/** What is sent of the values: rows that nobody filled in are left out. */
function cleaned(values: PersonValues) {
  return {
    ...values,
    sex: values.sex || 'unknown',
    formerNames: values.formerNames
      .split(';')
      .map((name) => name.trim())
      .filter(Boolean),
    phones: values.phones.filter((phone) => phone.number !== ''),
    addresses: values.addresses.filter(hasStreet),
    contacts: values.contacts.filter((contact) => contact.name !== '' || contact.phone !== ''),
    guarantor: guarantorOf(values.guarantor),
  };
}

/** What the registration form is checked with. */
export const RegisterForm = z.preprocess((values) => cleaned(values as PersonValues), PatientDraft);

export type ChangeKey = keyof z.output<typeof PatientChange>;

/** What an edit of some fields is checked with: only those are looked at and sent. */
export function changeForm(keys: readonly ChangeKey[]) {
  return z.preprocess((values) => {
    const all = cleaned(values as PersonValues);
    return Object.fromEntries(keys.map((key) => [key, all[key]]));
  }, PatientChange);
}
