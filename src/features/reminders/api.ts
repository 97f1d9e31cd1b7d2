import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { ReminderCounts, ReminderRule, ReminderRuleDraft, ToCall } from './schema.ts';

const rules = z.object({ rules: z.array(ReminderRule) });

export const listToCall = endpoint({
  method: 'GET',
  path: '/api/reminders/to-call',
  summary:
    'Visits ahead whose reminder could not be sent or did not arrive, the next first, and how reminders stand',
  answer: z.object({ calls: z.array(ToCall), counts: ReminderCounts }),
});

export const recordReminderTry = endpoint({
  method: 'POST',
  path: '/api/visits/:id/reminder-tries',
  summary: 'Say that one called about a visit that could not be reminded of',
  params: z.object({ id: Id }),
  body: z.object({
    step: z.number().int(),
    startsAt: z.iso.datetime({ offset: true }),
    version: z.number().int().min(1),
    tried: z.enum(['no-answer', 'left-message', 'reached']),
  }),
});

export const listReminderRules = endpoint({
  method: 'GET',
  path: '/api/reminders/rules',
  summary: 'When visits are reminded of; none: the usual, three days and one day before',
  answer: rules,
});

export const saveReminderRule = endpoint({
  method: 'POST',
  path: '/api/reminders/rules',
  summary: 'Write when visits of some types are reminded of',
  body: z.object({
    ruleId: Id.nullable().default(null),
    version: z.number().int().min(0).default(0),
    rule: ReminderRuleDraft,
  }),
  answer: rules,
});
