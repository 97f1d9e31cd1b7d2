import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Answer, Consent, Way } from './schema.ts';

const ofPatient = z.object({ id: Id });
const answer = z.object({
  /** What holds now, one for each channel and purpose that was answered. */
  consents: z.array(Consent),
  /** Every answer, the latest first. */
  history: z.array(Consent),
});

export const listConsents = endpoint({
  method: 'GET',
  path: '/api/patients/:id/consents',
  summary: 'How a person may be contacted and for what: what holds, and every answer ever given',
  params: ofPatient,
  answer,
});

export const recordConsents = endpoint({
  method: 'POST',
  path: '/api/patients/:id/consents',
  summary: 'Record what a person said about being contacted; a later answer replaces an earlier one',
  params: ofPatient,
  body: z.object({
    answers: z.array(Answer).min(1, 'Nothing was changed.').max(20),
    how: Way,
    /** The latest answer that was seen; null when there was none. */
    lastId: Id.nullable(),
  }),
  answer,
});
