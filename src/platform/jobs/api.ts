import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { Id } from '../id.ts';

export const FailedJob = z.object({
  jobId: Id,
  kind: z.string(),
  attempts: z.number(),
  lastError: z.string().describe('the name of the error, never its text'),
  deadAt: z.string(),
  createdAt: z.string(),
});
export type FailedJob = z.infer<typeof FailedJob>;

export const listFailedJobs = endpoint({
  method: 'GET',
  path: '/api/jobs/failed',
  summary: 'Jobs that the office gave up on, the oldest first',
  answer: z.object({ jobs: z.array(FailedJob) }),
});

export const retryJob = endpoint({
  method: 'POST',
  path: '/api/jobs/:id/retry',
  summary: 'Try a failed job again, now',
  params: z.object({ id: Id }),
});

export const letGoOfJob = endpoint({
  method: 'POST',
  path: '/api/jobs/:id/let-go',
  summary: 'Let go of a failed job: what it would have done is not done',
  params: z.object({ id: Id }),
  body: z.object({ reason: z.string().trim().min(3, 'Say why in a few words.').max(300) }),
});
