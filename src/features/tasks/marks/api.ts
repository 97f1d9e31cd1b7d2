import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Assign, DutyMark, Snooze } from './schema.ts';

const answer = z.object({ mark: DutyMark });

/** Past the latest time it is a 409 `conflict` whose `offers` is {latest}, an instant. */
export const snoozeDuty = endpoint({
  method: 'POST',
  path: '/api/duties/snooze',
  summary: 'Put a duty off with a reason: until its deadline, or 30 minutes at a time once it is late',
  body: Snooze,
  answer,
});

export const assignDuty = endpoint({
  method: 'POST',
  path: '/api/duties/assign',
  summary: 'Give a duty to a colleague, or back to everyone',
  body: Assign,
  answer,
});

export const listAssignees = endpoint({
  method: 'GET',
  path: '/api/duties/assignees',
  summary: 'Who duties and tasks may be given to',
  answer: z.object({ assignees: z.array(z.object({ staffId: Id, displayName: z.string() })) }),
});
