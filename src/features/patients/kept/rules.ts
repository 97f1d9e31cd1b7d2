import { z } from 'zod';
import type { Address, Contact, Guarantor, Phone } from '../schema.ts';

/**
 * What the JSON columns of a person leave out: most phones have no note, most addresses are American, and of
 * 50,000 people that is a fifth of the table. Rows written whole read the same.
 */
const usual = {
  phone: { kind: 'mobile', note: '', preferred: false, mayText: false, mayLeaveVoicemail: false },
  address: { kind: 'home', line2: '', country: 'US' },
  contact: { kind: 'emergency', relationship: '', phone: '', note: '' },
  patientAsGuarantor: { relationship: '' },
  otherAsGuarantor: { relationship: '', phone: '', address: null, bornOn: null },
} as const;

type Reach = { phones: Phone[]; addresses: Address[]; contacts: Contact[]; guarantor: Guarantor };

function without<T extends object>(whole: T, values: Partial<Record<keyof T, unknown>>): Partial<T> {
  const left: Partial<T> = { ...whole };
  for (const field of Object.keys(values) as (keyof T)[]) {
    if (left[field] === values[field]) delete left[field];
  }
  return left;
}

function slimGuarantor(guarantor: Guarantor) {
  if (!guarantor) return null;
  if ('patientId' in guarantor) return without(guarantor, usual.patientAsGuarantor);
  const { address, ...rest } = guarantor;
  const kept = without(rest, usual.otherAsGuarantor);
  return address ? { ...kept, address: without(address, usual.address) } : kept;
}

/** How a person's phones, addresses, contacts and guarantor are written. */
export function slim({ phones, addresses, contacts, guarantor }: Reach) {
  return {
    phones: phones.map((one) => without(one, usual.phone)),
    addresses: addresses.map((one) => without(one, usual.address)),
    contacts: contacts.map((one) => without(one, usual.contact)),
    guarantor: slimGuarantor(guarantor),
  };
}

function wholeGuarantor(guarantor: Guarantor): Guarantor {
  if (!guarantor) return null;
  if ('patientId' in guarantor) return { ...usual.patientAsGuarantor, ...guarantor };
  const whole = { ...usual.otherAsGuarantor, ...guarantor };
  return { ...whole, address: whole.address && { ...usual.address, ...whole.address } };
}

/** A row as it was written, with everything that `slim` left out. */
export function whole<T extends Reach>(row: T): T {
  return {
    ...row,
    phones: row.phones.map((one) => ({ ...usual.phone, ...one })),
    addresses: row.addresses.map((one) => ({ ...usual.address, ...one })),
    contacts: row.contacts.map((one) => ({ ...usual.contact, ...one })),
    guarantor: wholeGuarantor(row.guarantor),
  };
}

const Columns = z.looseObject({
  phones: z.array(z.custom<Phone>()),
  addresses: z.array(z.custom<Address>()),
  contacts: z.array(z.custom<Contact>()),
  guarantor: z.custom<Guarantor>(),
});

/** A row of the table as JSON, for an export. */
export const wholeRow = (row: Record<string, unknown>) => whole(Columns.parse(row));

/** As SQL's `||` adds them, for lists of phones, addresses and contacts that are taken apart in a statement. */
export const usualJson = {
  phone: JSON.stringify(usual.phone),
  address: JSON.stringify(usual.address),
  contact: JSON.stringify(usual.contact),
};
