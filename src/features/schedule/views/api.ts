import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { ChangeView, NewView, SavedView } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ view: SavedView });

/** Topic `views`. */
export const listViews = endpoint({
  method: 'GET',
  path: '/api/schedule/views',
  summary: 'Saved views of the schedule: one’s own and everyone’s',
  answer: z.object({ views: z.array(SavedView) }),
});
export const saveView = endpoint({
  method: 'POST',
  path: '/api/schedule/views',
  summary: 'Save a view of the schedule, for oneself or for everyone',
  body: NewView,
  answer,
});
export const changeView = endpoint({
  method: 'PUT',
  path: '/api/schedule/views/:id',
  summary: 'Change the name, the digit or what is looked at of a saved view',
  params,
  body: ChangeView,
  answer,
});
export const removeView = endpoint({
  method: 'POST',
  path: '/api/schedule/views/:id/remove',
  summary: 'Remove a saved view',
  params,
  body: z.object({ version: z.number().int().min(1) }),
});
