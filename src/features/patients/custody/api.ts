import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { PatientAlert } from '../api.ts';
import { Custody } from './schema.ts';

export const addCustody = endpoint({
  method: 'POST',
  path: '/api/patients/:id/custody',
  summary: 'Note who may bring a child, who decides, and who must not be told; shown as an alert',
  params: z.object({ id: Id }),
  body: Custody,
  answer: z.object({ alert: PatientAlert }),
});
