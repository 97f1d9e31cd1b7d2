import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { LinkEnd, LinkError, NewLink, PatientContact } from './schema.ts';

const params = z.object({ id: Id });
const linkParams = z.object({ id: Id, linkId: Id });
const answer = z.object({ contacts: z.array(PatientContact) });

export const listPatientContacts = endpoint({
  method: 'GET',
  path: '/api/patients/:id/contacts',
  summary: 'Who referred a person and who else treats them, those of today first',
  params,
  answer,
});

export const addPatientContact = endpoint({
  method: 'POST',
  path: '/api/patients/:id/contacts',
  summary: 'Say who referred or treats a person; a new primary care doctor ends the one before',
  params,
  body: NewLink,
  answer,
});

export const endPatientContact = endpoint({
  method: 'POST',
  path: '/api/patients/:id/contacts/:linkId/end',
  summary: 'Say until when a contact treated a person, or take that back',
  params: linkParams,
  body: LinkEnd,
  answer,
});

export const patientContactInError = endpoint({
  method: 'POST',
  path: '/api/patients/:id/contacts/:linkId/entered-in-error',
  summary: 'Mark it as entered in error that a contact referred or treats a person',
  params: linkParams,
  body: LinkError,
  answer,
});
