import type { DutySource, JobHandler } from '../contributions.ts';
import type { FailedJob } from './api.ts';
import { listFailedJobs } from './failed.ts';

const hourMs = 3_600_000;

/** What keeps failing is the manager's to look at, within the hour. Kinds and counts only: no patient's data. */
export function failedJobDuties(handlers: readonly Pick<JobHandler, 'kind' | 'label'>[]): DutySource {
  const labels = new Map(handlers.map((handler) => [handler.kind, handler.label]));
  const titleOf = (job: FailedJob) => `This keeps failing: ${labels.get(job.kind) ?? job.kind}`;
  return {
    kinds: ['job.failed'],
    permission: 'office.upkeep',
    ownerRole: 'manager',
    topics: ['jobs'],
    nextChangeAt: async () => null,
    list: async (db) => {
      const jobs = await listFailedJobs(db);
      return jobs.map((job) => ({
        kind: 'job.failed',
        subjectId: job.jobId,
        dueAt: new Date(Date.parse(job.deadAt) + hourMs).toISOString(),
        severity: 'wrong' as const,
        title: titleOf(job),
        detail: `tried ${job.attempts} times · last: ${job.lastError || 'unknown error'}`,
        tag: 'failed',
        action: {
          label: 'Try again',
          kind: 'call' as const,
          method: 'POST' as const,
          path: `/api/jobs/${job.jobId}/retry`,
          body: {},
        },
        others: [
          {
            label: 'Let go',
            kind: 'call' as const,
            method: 'POST' as const,
            path: `/api/jobs/${job.jobId}/let-go`,
            body: {},
            reasonLabel: 'Why may it stay undone?',
          },
        ],
      }));
    },
  };
}
