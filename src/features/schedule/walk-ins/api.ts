import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Visit } from '../visits/schema.ts';
import { RegisterWalkIn } from './schema.ts';

export const registerWalkIn = endpoint({
  method: 'POST',
  path: '/api/visits/walk-in',
  summary: 'Someone came without a visit: booked where it is free soon, else between others, and checked in',
  body: RegisterWalkIn,
  answer: z.object({ visit: Visit }),
});
