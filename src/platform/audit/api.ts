import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { Id } from '../id.ts';

export const AuditRow = z.object({
  seq: z.number(),
  at: z.string(),
  who: z
    .string()
    .describe('display name; “The office” for jobs and the command line; “The patient, by link”'),
  action: z.string(),
  subjectKind: z.string(),
  subjectIds: z.array(z.string()),
  reason: z.string().nullable(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  summary: 'Who did or saw what, newest first',
  query: z.object({
    subjectId: Id.optional().describe('only records about this patient, visit, account …'),
    accountId: Id.optional().describe('only what this account did'),
    before: z.coerce.number().int().positive().optional().describe('older than this number'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({ records: z.array(AuditRow), more: z.boolean() }),
});

export const AuditPerson = z.object({ accountId: Id, displayName: z.string() });
export const listAuditPeople = endpoint({
  method: 'GET',
  path: '/api/audit/people',
  summary: 'Whose doings the audit can be narrowed to',
  answer: z.object({ people: z.array(AuditPerson) }),
});
