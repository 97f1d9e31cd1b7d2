import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Hold, HoldOpening } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ hold: Hold });

/** Refused as a booking is, with openings. Topic `holds`, with the date as key. */
export const holdOpening = endpoint({
  method: 'POST',
  path: '/api/holds',
  summary: 'Hold an opening for this desk while someone is on the phone; it frees itself after some minutes',
  body: HoldOpening,
  answer,
});
export const releaseHold = endpoint({
  method: 'POST',
  path: '/api/holds/:id/release',
  summary: 'Give a held opening back',
  params,
  answer: z.object({ released: z.boolean() }),
});
export const keepHold = endpoint({
  method: 'POST',
  path: '/api/holds/:id/keep',
  summary: 'Hold it for as many minutes again, from now',
  params,
  answer,
});
