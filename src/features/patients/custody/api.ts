import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { PatientAlert } from '../api.ts';
import { Custody } from './schema.ts';

const Version = z.number().int().min(1);

export const changeCustody = endpoint({
  method: 'POST',
  path: '/api/patients/:id/custody/:alertId',
  summary: 'Change a custody note; what it said before stays in the changes of the record',
  params: z.object({ id: Id, alertId: Id }),
  body: z.object({ version: Version, custody: Custody }),
  answer: z.object({ alert: PatientAlert }),
});

export const addCustody = endpoint({
  method: 'POST',
  path: '/api/patients/:id/custody',
  summary: 'Note who may bring a child, who decides, and who must not be told; shown as an alert',
  params: z.object({ id: Id }),
  body: Custody,
  answer: z.object({ alert: PatientAlert }),
});
