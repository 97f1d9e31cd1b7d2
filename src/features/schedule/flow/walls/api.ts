import { z } from 'zod';
import { endpoint } from '../../../../platform/http/endpoint.ts';
import { Id } from '../../../../platform/id.ts';
import { NewWall, WallRow } from './schema.ts';

export const listWalls = endpoint({
  method: 'GET',
  path: '/api/walls',
  summary: 'The screens on walls that read who waits, each with when it was read last',
  answer: z.object({ walls: z.array(WallRow) }),
});
export const makeWall = endpoint({
  method: 'POST',
  path: '/api/walls',
  summary: 'Make the secret address of a screen on a wall. It is shown once',
  secret: true,
  body: NewWall,
  answer: z.object({ wallId: Id, path: z.string().describe('behind the address of this office') }),
});
export const revokeWall = endpoint({
  method: 'POST',
  path: '/api/walls/:wallId/revoke',
  summary: 'Stop a screen at once: its address leads nowhere',
  params: z.object({ wallId: Id }),
});

/** Read by the screen, without a session. */
export const readWallPage = endpoint({
  method: 'GET',
  path: '/wall',
  summary: 'Who waits where now, by initials, as a page (text/html), for who has the secret address',
  query: z.object({ key: z.string().max(100) }),
  answer: z.string(),
});
