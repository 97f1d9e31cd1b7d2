import { z } from 'zod';
import { Id } from '../../platform/id.ts';
import { PhoneNumber, usStateCode } from '../patients/schema.ts';
import { Npi, Version } from '../practice/schema.ts';

const text = (longest: number) => z.string().trim().max(longest, `Keep this under ${longest} letters.`);

export const contactKinds = ['physician', 'clinician', 'organization'] as const;
export const ContactKind = z.enum(contactKinds);
export type ContactKind = z.infer<typeof ContactKind>;

export const contactPhoneKinds = ['office', 'backline', 'mobile', 'other'] as const;
export const ContactPhone = z.object({
  kind: z.enum(contactPhoneKinds).default('office'),
  number: PhoneNumber,
  note: text(100).default(''),
});
export type ContactPhone = z.output<typeof ContactPhone>;

/** How they want to be reached; '' where nobody asked. */
export const reaches = ['', 'fax', 'phone', 'email', 'mail', 'portal'] as const;
export const Reach = z.enum(reaches);
export type Reach = z.infer<typeof Reach>;

/** An office address; any part may be unknown. */
export const ContactAddress = z
  .object({
    line1: text(120).default(''),
    line2: text(120).default(''),
    city: text(80).default(''),
    state: text(40).default(''),
    zip: text(12).default(''),
  })
  .transform((address) => ({ ...address, state: usStateCode(address.state) ?? address.state }));
export type ContactAddress = z.output<typeof ContactAddress>;

const fields = {
  kind: ContactKind,
  familyName: text(100),
  givenName: text(100),
  middleName: text(100),
  suffix: text(20),
  credentials: text(50),
  specialty: text(100),
  npi: Npi,
  organizationName: text(200),
  organizationId: Id.nullable(),
  phones: z.array(ContactPhone).max(6),
  fax: z.union([z.literal(''), PhoneNumber]),
  email: z.union([z.literal(''), z.email('Type an e-mail address.').max(254)]),
  address: ContactAddress,
  reach: Reach,
  note: text(1000),
};

/** Everything that the office types of a contact; a name must be there. */
export const ContactDraft = z
  .object({
    kind: fields.kind.default('physician'),
    familyName: fields.familyName.default(''),
    givenName: fields.givenName.default(''),
    middleName: fields.middleName.default(''),
    suffix: fields.suffix.default(''),
    credentials: fields.credentials.default(''),
    specialty: fields.specialty.default(''),
    npi: fields.npi.default(null),
    organizationName: fields.organizationName.default(''),
    organizationId: fields.organizationId.default(null),
    phones: fields.phones.default([]),
    fax: fields.fax.default(''),
    email: fields.email.default(''),
    address: fields.address.prefault({}),
    reach: fields.reach.default(''),
    note: fields.note.default(''),
  })
  .superRefine((contact, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (contact.kind !== 'organization' && contact.familyName === '')
      wrong('familyName', 'Type the last name.');
    if (contact.kind === 'organization' && contact.organizationName === '')
      wrong('organizationName', 'Type the name of the organization.');
  })
  .transform(asOneKind);

/** An organization has no person's name and works nowhere; who is linked to one does not name it again. */
function asOneKind<T extends Kinded>(contact: T): T {
  if (contact.kind === 'organization')
    return { ...contact, familyName: '', givenName: '', middleName: '', suffix: '', organizationId: null };
  return contact.organizationId ? { ...contact, organizationName: '' } : contact;
}
type Kinded = {
  kind: ContactKind;
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  organizationName: string;
  organizationId: string | null;
};

/** As a form or a caller gives it. */
export type NewContact = z.input<typeof ContactDraft>;
/** As it is kept. */
export type ContactDraft = z.output<typeof ContactDraft>;

/** The fields that change; those left out stay. */
export const ContactChange = z.object({ ...fields, active: z.boolean() }).partial();
export type ContactChange = z.output<typeof ContactChange>;

export const Contact = z.object({
  contactId: Id,
  kind: ContactKind,
  familyName: z.string(),
  givenName: z.string(),
  middleName: z.string(),
  suffix: z.string(),
  credentials: z.string(),
  specialty: z.string(),
  npi: z.string().nullable(),
  organizationName: z.string(),
  organizationId: Id.nullable(),
  /** the organization that organizationId names; null without one */
  organization: z.object({ name: z.string(), phone: z.string(), fax: z.string() }).nullable(),
  phones: z.array(z.object({ kind: z.enum(contactPhoneKinds), number: z.string(), note: z.string() })),
  fax: z.string(),
  email: z.string(),
  address: z.object({
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    state: z.string(),
    zip: z.string(),
  }),
  reach: Reach,
  note: z.string(),
  active: z.boolean(),
  enteredInErrorAt: z.string().nullable(),
  version: z.number(),
});
export type Contact = z.infer<typeof Contact>;

export const Reason = text(300).min(3, 'Say why in a few words.');
export { Version };
