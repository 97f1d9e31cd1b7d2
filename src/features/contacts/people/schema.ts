import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { DateOrNone } from '../../patients/schema.ts';
import { Contact, Reason, Version } from '../schema.ts';

export const linkRoles = ['primary_care', 'referring', 'other'] as const;
/** What a contact is to a patient. */
export const LinkRole = z.enum(linkRoles);
export type LinkRole = z.infer<typeof LinkRole>;

export const linkRoleLabels: Record<LinkRole, string> = {
  primary_care: 'Primary care',
  referring: 'Referring',
  other: 'Also treats',
};

export const NewLink = z.object({
  contactId: z.union([z.literal(''), Id]).refine((id) => id !== '', 'Choose the doctor or organization.'),
  role: LinkRole,
  /** since when; today when left out */
  since: DateOrNone.default(null),
});
export type NewLink = z.output<typeof NewLink>;

/** The last day; null takes an end back. */
export const LinkEnd = z.object({ version: Version, until: DateOrNone });
export const LinkError = z.object({ version: Version, reason: Reason });

export const PatientContact = z.object({
  linkId: Id,
  patientId: Id,
  role: LinkRole,
  since: z.string(),
  until: z.string().nullable(),
  version: z.number(),
  contact: Contact,
});
export type PatientContact = z.infer<typeof PatientContact>;
