import { z } from 'zod';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';
import { npiFault } from './rules.ts';

const knownZones = new Set(Intl.supportedValuesOf('timeZone'));

/** An IANA time zone, e.g. America/New_York. */
export const TimeZone = z
  .string()
  .max(60)
  .refine(
    (zone) => knownZones.has(zone) || zone === 'UTC',
    'Choose a time zone from the list, e.g. America/New_York.',
  );

export const Role = z.enum(roleKeys);

export const StaffKind = z.enum(['physician', 'nurse', 'front_desk', 'biller', 'manager', 'other']);
export type StaffKind = z.infer<typeof StaffKind>;

/** What `frontdesk init` asks for. */
export const NewPractice = z.object({
  name: z.string().trim().min(1, 'Give the practice a name.').max(200),
  timeZone: TimeZone,
  kind: z.enum(['real', 'demo', 'training']).default('real'),
  manager: z.object({
    givenName: z.string().trim().min(1).max(100),
    familyName: z.string().trim().min(1).max(100),
    email: z.email('Type an e-mail address.'),
    password: z.string(),
  }),
});
export type NewPractice = z.input<typeof NewPractice>;

/** A National Provider Identifier with its check digit; '' and null are none. */
export const Npi = z
  .string()
  .trim()
  .superRefine((npi, context) => {
    const fault = npi === '' ? null : npiFault(npi);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .nullable()
  .transform((npi) => npi || null);

const Phone = z.string().trim().max(40);

const staffFields = {
  givenName: z.string().trim().min(1, 'Type the first name.').max(100),
  familyName: z.string().trim().min(1, 'Type the last name.').max(100),
  displayName: z
    .string()
    .trim()
    .min(1, 'Type the name as the office says it.')
    .max(100)
    .describe('as the office says it: "Dr. Lee"'),
  credentials: z.string().trim().max(50),
  kind: StaffKind,
  specialty: z.string().trim().max(100),
  npi: Npi,
  phone: Phone,
};

export const NewStaff = z.object({
  ...staffFields,
  credentials: staffFields.credentials.default(''),
  specialty: staffFields.specialty.default(''),
  npi: Npi.default(null),
  phone: Phone.default(''),
});
export type NewStaff = z.input<typeof NewStaff>;

/** A record's version as it was seen: a write that saw an older one is refused, showing both. */
export const Version = z.number().int().min(1);

export const StaffChange = z
  .object({ ...staffFields, active: z.boolean() })
  .partial()
  .extend({ version: Version });
export type StaffChange = z.output<typeof StaffChange>;

export const StaffRow = z.object({
  staffId: Id,
  givenName: z.string(),
  familyName: z.string(),
  displayName: z.string(),
  credentials: z.string(),
  kind: StaffKind,
  specialty: z.string(),
  npi: z.string().nullable(),
  phone: z.string(),
  active: z.boolean(),
  version: z.number(),
});
export type StaffRow = z.infer<typeof StaffRow>;

export const SiteAddress = z.object({
  line1: z.string().trim().max(200).default(''),
  line2: z.string().trim().max(200).default(''),
  city: z.string().trim().max(100).default(''),
  state: z.string().trim().max(50).default(''),
  zip: z.string().trim().max(20).default(''),
});
export type SiteAddress = z.infer<typeof SiteAddress>;

const siteFields = {
  name: z.string().trim().min(1, 'Give the site a name.').max(100),
  timeZone: TimeZone,
  phone: Phone,
  address: SiteAddress,
};

export const NewSite = z.object({
  ...siteFields,
  phone: Phone.default(''),
  address: SiteAddress.prefault({}),
});
export type NewSite = z.input<typeof NewSite>;

export const SiteChange = z
  .object({ ...siteFields, active: z.boolean() })
  .partial()
  .extend({ version: Version });
export type SiteChange = z.output<typeof SiteChange>;

export const SiteRow = z.object({
  siteId: Id,
  name: z.string(),
  timeZone: z.string(),
  phone: z.string(),
  address: SiteAddress,
  active: z.boolean(),
  position: z.number(),
  version: z.number(),
});
export type SiteRow = z.infer<typeof SiteRow>;

/** The order of a list: every id once, first to last. */
export const Order = z.object({ ids: z.array(Id).min(1).max(200) });

export const PracticeFacts = z.object({
  practiceId: Id,
  name: z.string(),
  phone: z.string(),
  timeZone: z.string(),
  kind: z.enum(['real', 'demo', 'training']),
  version: z.number(),
});
export type PracticeFacts = z.infer<typeof PracticeFacts>;

export const PracticeChange = z
  .object({
    name: z.string().trim().min(1, 'Give the practice a name.').max(200),
    phone: Phone,
    timeZone: TimeZone,
  })
  .partial()
  .extend({ version: Version });
export type PracticeChange = z.output<typeof PracticeChange>;

export const StaffId = Id;
