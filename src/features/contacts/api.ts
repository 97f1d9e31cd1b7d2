import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Contact, ContactChange, ContactDraft, ContactKind, Reason, Version } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ contact: Contact });

export const searchContacts = endpoint({
  method: 'POST',
  path: '/api/contacts/search',
  summary:
    'Find referring doctors and organizations by any scrap: name, organization, specialty, number, city',
  kind: 'read',
  body: z.object({
    text: z.string().max(200).default(''),
    kind: ContactKind.optional(),
    /** also those who are not worked with any more */
    inactive: z.boolean().default(false),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  answer: z.object({ contacts: z.array(Contact), more: z.boolean() }),
});

export const LikelySame = z.object({
  contact: Contact,
  why: z.array(z.string()).describe('e.g. "same name", "same number"'),
});
export type LikelySame = z.infer<typeof LikelySame>;

export const findLikelySame = endpoint({
  method: 'POST',
  path: '/api/contacts/likely-same',
  summary: 'Contacts that are likely the one described: by NPI, or name and number, organization or city',
  kind: 'read',
  body: z.object({ contact: ContactDraft, exceptId: Id.optional() }),
  answer: z.object({ likely: z.array(LikelySame) }),
});

export const readContact = endpoint({
  method: 'GET',
  path: '/api/contacts/:id',
  summary: 'One contact, and how many patients name it',
  params,
  answer: z.object({ contact: Contact, patients: z.number(), members: z.number() }),
});

export const addContact = endpoint({
  method: 'POST',
  path: '/api/contacts',
  summary: 'Add a contact; refused with offers while someone likely the same is not named as another one',
  body: z.object({ contact: ContactDraft, notSameAs: z.array(Id).max(20).default([]) }),
  answer,
});

export const changeContact = endpoint({
  method: 'POST',
  path: '/api/contacts/:id',
  summary: 'Change a contact; `active: false` takes it out of use',
  params,
  body: z.object({ version: Version, change: ContactChange }),
  answer,
});

export const contactInError = endpoint({
  method: 'POST',
  path: '/api/contacts/:id/entered-in-error',
  summary: 'Mark a contact that nobody names as entered in error: it is kept, and found no more',
  params,
  body: z.object({ version: Version, reason: Reason }),
  answer: z.object({ contactId: Id }),
});
