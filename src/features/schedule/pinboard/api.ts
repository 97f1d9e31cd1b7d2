import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Visit } from '../visits/schema.ts';
import { Pin } from './schema.ts';

const params = z.object({ id: Id });

/** Topics `pins` and `visits`. */
export const listPins = endpoint({
  method: 'GET',
  path: '/api/pins',
  summary: 'The visits on the pinboard of this account, as they were pinned',
  answer: z.object({ pins: z.array(Pin) }),
});
export const pinVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/pin',
  summary: 'Park a visit on the pinboard of this account; it keeps its place until it is moved',
  params,
  answer: z.object({ visit: Visit }),
});
export const unpinVisit = endpoint({
  method: 'POST',
  path: '/api/visits/:id/unpin',
  summary: 'Take a visit off the pinboard; it stays where it stands',
  params,
});
