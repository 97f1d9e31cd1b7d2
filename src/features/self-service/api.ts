import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { PatientHit } from '../patients/api.ts';
import { BookRequest, OnlineRequest, SettleRequest } from './requests/schema.ts';
import {
  KeptOnlineSettings,
  KeptOnlineSite,
  KeptOnlineType,
  OnlineSettings,
  OnlineSite,
  OnlineType,
} from './settings/schema.ts';

const params = z.object({ id: Id });
const version = z.number().int().min(0);

/** Topic of all: `online`. */
export const makeVisitLink = endpoint({
  method: 'POST',
  path: '/api/visits/:id/link',
  summary: 'An address by which the patient confirms, moves or cancels this visit; it is told this once',
  params,
  answer: z.object({ url: z.string(), expiresAt: z.string() }),
  secret: true,
});

export const readOnline = endpoint({
  method: 'GET',
  path: '/api/online/settings',
  summary: 'What patients may do by themselves, what they read, and where they find it',
  answer: z.object({
    settings: KeptOnlineSettings,
    types: z.array(KeptOnlineType.extend({ name: z.string(), active: z.boolean() })),
    sites: z.array(KeptOnlineSite.extend({ name: z.string() })),
    publicUrl: z.string().nullable().describe('null: the public listener is not open'),
  }),
});

export const changeOnlineSettings = endpoint({
  method: 'POST',
  path: '/api/online/settings',
  summary: 'Open or close the booking page, and say how long a time is held for someone unknown',
  body: z.object({ version, settings: OnlineSettings }),
  answer: z.object({ settings: KeptOnlineSettings }),
});

export const changeOnlineType = endpoint({
  method: 'POST',
  path: '/api/online/types/:id',
  summary: 'Change what patients may do with visits of a type, and what they read of it',
  params,
  body: z.object({ version, type: OnlineType }),
  answer: z.object({ type: KeptOnlineType }),
});

export const changeOnlineSite = endpoint({
  method: 'POST',
  path: '/api/online/sites/:id',
  summary: 'Change what patients read about the way to a site and parking',
  params,
  body: z.object({ version, site: OnlineSite }),
  answer: z.object({ site: KeptOnlineSite }),
});

export const listRequests = endpoint({
  method: 'GET',
  path: '/api/online/requests',
  summary: 'Times that people asked for on the booking page: what waits for a human first',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z.object({ requests: z.array(OnlineRequest) }),
});

export const readRequest = endpoint({
  method: 'GET',
  path: '/api/online/requests/:id',
  summary: 'One request, and who it may be of',
  params,
  answer: z.object({ request: OnlineRequest, likely: z.array(PatientHit) }),
});

export const bookRequest = endpoint({
  method: 'POST',
  path: '/api/online/requests/:id/book',
  summary:
    'Book the time that was asked for, for someone known or for a new patient, who is registered by it',
  params,
  body: BookRequest,
  answer: z.object({ request: OnlineRequest }),
});

export const settleRequest = endpoint({
  method: 'POST',
  path: '/api/online/requests/:id/settle',
  summary: 'The request is settled otherwise: they were called, or it is declined',
  params,
  body: SettleRequest,
  answer: z.object({ request: OnlineRequest }),
});

export const seeAct = endpoint({
  method: 'POST',
  path: '/api/online/acts/:id/seen',
  summary: 'Someone has seen to what a patient did or wrote by a link',
  params,
});

export const seeLink = endpoint({
  method: 'POST',
  path: '/api/online/links/:id/seen',
  summary: 'Someone has seen to a link that was shut after wrong birth dates',
  params,
});
