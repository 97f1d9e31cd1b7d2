import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import {
  MadeAccount,
  StartChange,
  StartColleagues,
  StartHours,
  StartPhysicians,
  StartRooms,
  StartSites,
  StartState,
  StartTypes,
} from './schema.ts';

/** The first setting up, step by step; each step is one write, all of it or nothing. */
export const getStart = endpoint({
  method: 'GET',
  path: '/api/set-up',
  summary: 'How far the first setting up is; null where a practice was made otherwise',
  answer: z.object({ start: StartState.nullable() }),
});
export const changeStart = endpoint({
  method: 'PUT',
  path: '/api/set-up',
  summary: 'Go to a step of the first setting up, or finish it',
  body: StartChange,
});
export const startSites = endpoint({
  method: 'POST',
  path: '/api/set-up/sites',
  summary: 'First setting up: the sites',
  body: StartSites,
});
export const startPhysicians = endpoint({
  method: 'POST',
  path: '/api/set-up/physicians',
  summary: 'First setting up: physicians, on the staff and on the schedule',
  body: StartPhysicians,
});
export const startRooms = endpoint({
  method: 'POST',
  path: '/api/set-up/rooms',
  summary: 'First setting up: so many rooms at each site',
  body: StartRooms,
});
export const startTypes = endpoint({
  method: 'POST',
  path: '/api/set-up/visit-types',
  summary: 'First setting up: visit types',
  body: StartTypes,
});
export const startHours = endpoint({
  method: 'POST',
  path: '/api/set-up/hours',
  summary: 'First setting up: the weeks of physicians, from today on',
  body: StartHours,
});
export const startColleagues = endpoint({
  method: 'POST',
  path: '/api/set-up/colleagues',
  summary: 'First setting up: colleagues with accounts; the passwords are shown once and must be changed',
  secret: true,
  body: StartColleagues,
  answer: z.object({ accounts: z.array(MadeAccount) }),
});
