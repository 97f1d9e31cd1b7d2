import { z } from 'zod';
import { roleKeys } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';

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

export const NewStaff = z.object({
  givenName: z.string().trim().min(1, 'Type the first name.').max(100),
  familyName: z.string().trim().min(1, 'Type the last name.').max(100),
  displayName: z.string().trim().min(1).max(100),
  credentials: z.string().trim().max(50).default(''),
  kind: StaffKind,
  specialty: z.string().trim().max(100).default(''),
  npi: z.string().trim().nullable().default(null),
  phone: z.string().trim().max(40).default(''),
});
export type NewStaff = z.input<typeof NewStaff>;

export const StaffId = Id;
