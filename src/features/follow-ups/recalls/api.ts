import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { RecallPreview, RecallRule, RecallRuleDraft, YieldRow } from './schema.ts';

const Day = z.string().refine(isDate, 'Give a date, e.g. 2026-03-14.');
const params = z.object({ ruleId: Id });

export const listRecallRules = endpoint({
  method: 'GET',
  path: '/api/recall-rules',
  summary: 'Rules that call people back after completed visits',
  answer: z.object({ rules: z.array(RecallRule) }),
});

export const addRecallRule = endpoint({
  method: 'POST',
  path: '/api/recall-rules',
  summary: 'Add a rule; from the next hour on it makes recalls',
  body: RecallRuleDraft,
  answer: z.object({ rule: RecallRule }),
});

export const changeRecallRule = endpoint({
  method: 'POST',
  path: '/api/recall-rules/:ruleId',
  summary: 'Change a rule or take it out of use; what it made stays',
  params,
  body: z.object({ version: z.number().int().min(1), rule: RecallRuleDraft }),
  answer: z.object({ rule: RecallRule }),
});

export const previewRecallRule = endpoint({
  method: 'POST',
  path: '/api/recall-rules/preview',
  summary: 'How many recalls a rule would make now, and how many of them are past their day',
  kind: 'read',
  body: RecallPreview,
  answer: z.object({ due: z.number(), late: z.number() }),
});

export const readRecallYield = endpoint({
  method: 'GET',
  path: '/api/recall-rules/yield',
  summary: 'Of recalls whose day lies in a stretch: due, contacted, booked, kept, by rule',
  query: z
    .object({ from: Day, to: Day })
    .refine(({ from, to }) => from <= to, { path: ['to'], message: 'This lies before the first day.' }),
  answer: z.object({ rows: z.array(YieldRow) }),
});
