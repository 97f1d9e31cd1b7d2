import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { isDate } from '../../platform/calendar/dates.ts';
import { Id } from '../../platform/id.ts';

const text = (longest: number) => z.string().trim().max(longest, `Keep this under ${longest} letters.`);

/** `YYYY-MM-DD`; '' from a form reads as none. */
export const DateOrNone = z
  .string()
  .nullable()
  .transform((date) => date || null)
  .refine((date) => date === null || isDate(date), 'Type a date, e.g. 3/14/1961.');

/** As typed → E.164, a US number unless it begins with +. @returns null for what is no phone number */
export function toE164(typed: string): string | null {
  const number = parsePhoneNumberFromString(typed, 'US');
  // Possible, not valid: new area codes and the 555-01xx of examples are numbers too.
  return number?.isPossible() && !number.ext ? number.number : null;
}

export const PhoneNumber = z
  .string()
  .trim()
  .transform((typed, context) => {
    const number = toE164(typed);
    if (number) return number;
    context.addIssue({ code: 'custom', message: 'Type all ten digits, or + and the country code.' });
    return z.NEVER;
  });
const PhoneNumberOrNone = z.union([z.literal(''), PhoneNumber]);

export const phoneKinds = ['mobile', 'home', 'work', 'other'] as const;
export const Phone = z.object({
  kind: z.enum(phoneKinds).default('mobile'),
  number: PhoneNumber,
  note: text(100).default(''),
  preferred: z.boolean().default(false),
  mayText: z.boolean().default(false),
  mayLeaveVoicemail: z.boolean().default(false),
});
export type Phone = z.output<typeof Phone>;

/** USPS Publication 28, appendix B: states, territories and military mail. */
const stateNames =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|' +
  'DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|' +
  'IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|' +
  'MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|' +
  'NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|' +
  'OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|' +
  'TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|' +
  'WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam|MP Northern Mariana Islands|PR Puerto Rico|' +
  'VI Virgin Islands|AA Armed Forces Americas|AE Armed Forces Europe|AP Armed Forces Pacific';
export const usStates = stateNames
  .split('|')
  .map((line) => ({ code: line.slice(0, 2), name: line.slice(3) }));
const stateCodes = new Map(
  usStates.flatMap(({ code, name }) => [
    [code.toLowerCase(), code],
    [name.toLowerCase(), code],
  ]),
);

/** `ny`, `New York` → `NY`; undefined for what is no state. */
export function usStateCode(state: string): string | undefined {
  return stateCodes.get(state.trim().toLowerCase());
}

export const addressKinds = ['home', 'mailing', 'work', 'temporary', 'other'] as const;
export const Address = z
  .object({
    kind: z.enum(addressKinds).default('home'),
    line1: text(120).min(1, 'Type the street and number.'),
    line2: text(120).default(''),
    city: text(80).min(1, 'Type the city.'),
    state: text(40).default(''),
    zip: text(12).default(''),
    country: text(2).toUpperCase().default('US'),
  })
  .superRefine((address, context) => {
    if (address.country !== 'US') return;
    if (!usStateCode(address.state))
      context.addIssue({ code: 'custom', path: ['state'], message: 'Choose a state, e.g. NY.' });
    if (!/^\d{5}(-\d{4})?$/.test(address.zip))
      context.addIssue({ code: 'custom', path: ['zip'], message: 'Type five digits, or five and four.' });
  })
  .transform((address) =>
    address.country === 'US' ? { ...address, state: usStateCode(address.state) ?? address.state } : address,
  );
export type Address = z.output<typeof Address>;

export const contactKinds = ['emergency', 'authorized', 'caregiver'] as const;
export const Contact = z.object({
  kind: z.enum(contactKinds).default('emergency'),
  name: text(120).min(1, 'Type the name.'),
  relationship: text(60).default(''),
  phone: PhoneNumberOrNone.default(''),
  note: text(200).default(''),
});
export type Contact = z.output<typeof Contact>;

/** Who pays what the patient owes: null, the patient; another patient; or a person outside the practice. */
export const Guarantor = z
  .union([
    z.object({ patientId: Id, relationship: text(60).default('') }),
    z.object({
      name: text(120).min(1, 'Type the name.'),
      relationship: text(60).default(''),
      phone: PhoneNumberOrNone.default(''),
      address: Address.nullable().default(null),
      bornOn: DateOrNone.default(null),
    }),
  ])
  .nullable();
export type Guarantor = z.output<typeof Guarantor>;

export const sexes = ['female', 'male', 'other', 'unknown'] as const;
export const Sex = z.enum(sexes);
export type Sex = z.infer<typeof Sex>;

/** Every field of a person that the office types; without defaults, so that a change may name a few. */
const fields = {
  familyName: text(100).min(1, 'Type the last name.'),
  givenName: text(100),
  middleName: text(100),
  suffix: text(20),
  preferredName: text(100),
  formerNames: z.array(text(200).min(1)).max(10),
  pronouns: text(40),
  sex: Sex,
  genderIdentity: text(60),
  bornOn: DateOrNone,
  language: text(35).regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Choose a language, e.g. en or es.'),
  interpreterNeeded: z.boolean(),
  maritalStatus: text(40),
  email: z.union([z.literal(''), z.email('Type an e-mail address.').max(254)]),
  phones: z.array(Phone).max(10),
  addresses: z.array(Address).max(6),
  contacts: z.array(Contact).max(10),
  guarantor: Guarantor,
  note: text(2000),
};

/** What registering takes. Only the last name must be known at the desk; the rest becomes owed later. */
export const PatientDraft = z.object({
  familyName: fields.familyName,
  givenName: fields.givenName.default(''),
  middleName: fields.middleName.default(''),
  suffix: fields.suffix.default(''),
  preferredName: fields.preferredName.default(''),
  formerNames: fields.formerNames.default([]),
  pronouns: fields.pronouns.default(''),
  sex: fields.sex.default('unknown'),
  genderIdentity: fields.genderIdentity.default(''),
  bornOn: fields.bornOn.default(null),
  language: fields.language.default('en'),
  interpreterNeeded: fields.interpreterNeeded.default(false),
  maritalStatus: fields.maritalStatus.default(''),
  email: fields.email.default(''),
  phones: fields.phones.default([]),
  addresses: fields.addresses.default([]),
  contacts: fields.contacts.default([]),
  guarantor: fields.guarantor.default(null),
  note: fields.note.default(''),
});
/** As a form or a caller gives it. */
export type NewPatient = z.input<typeof PatientDraft>;
/** As it is kept. */
export type PatientDraft = z.output<typeof PatientDraft>;

/** The fields that change; those left out stay. */
export const PatientChange = z.object(fields).partial();
export type PatientChange = z.output<typeof PatientChange>;

export const alertTones = ['calm', 'wait', 'wrong'] as const;
export const AlertTone = z.enum(alertTones);
export const NewAlert = z.object({
  text: text(300).min(1, 'Type what everyone must see.'),
  tone: AlertTone.default('wait'),
});

export const Reason = text(300).min(3, 'Say why in a few words.');
