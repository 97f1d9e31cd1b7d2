import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';

export const FindingRow = z.object({
  findingId: Id,
  at: z.string(),
  onDate: z.string(),
  who: z.string(),
  accountId: Id,
  /** null: how many they looked at */
  patientId: Id.nullable(),
  fileName: z.string(),
  mrn: z.string(),
  points: z.number(),
  evidence: z.array(z.string()).describe('sentences, strongest first'),
  reviewedAt: z.string().nullable(),
  reviewedBy: z.string(),
  reviewNote: z.string(),
});
export type FindingRow = z.infer<typeof FindingRow>;

export const listFindings = endpoint({
  method: 'GET',
  path: '/api/privacy/findings',
  summary: 'Looks at records that nothing explains and that may be curiosity, newest first, each with why',
  query: z.object({
    show: z.enum(['open', 'all']).default('open'),
    before: z.string().max(40).optional().describe('older than this instant'),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answer: z.object({
    findings: z.array(FindingRow),
    more: z.boolean(),
    /** The last day that was looked through; null: none yet. */
    through: z.string().nullable(),
  }),
});

export const reviewFinding = endpoint({
  method: 'POST',
  path: '/api/privacy/findings/:id/review',
  summary: 'Mark a finding as reviewed, with what was found out',
  params: z.object({ id: Id }),
  body: z.object({ note: z.string().trim().min(3, 'Write what you found out.').max(300) }),
});

export const lookAgain = endpoint({
  method: 'POST',
  path: '/api/privacy/findings/look-again',
  summary: 'Look through the days since the last time, and today so far',
  answer: z.object({ days: z.number(), found: z.number() }),
});
