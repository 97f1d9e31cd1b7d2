import { z } from 'zod';
import type { JobHandler } from '../../platform/contributions.ts';
import { enqueueJob } from '../../platform/jobs/outbox.ts';
import { forgetImportFile, forgetJob, stepJob, takeStep } from './commands.ts';
import { forgetFile } from './reading/queries.ts';

const Step = z.object({ importId: z.string() });
const Forget = z.object({ importId: z.string(), path: z.string() });

export const importJobs: readonly JobHandler[] = [
  {
    kind: stepJob,
    label: 'Bring in the next lines of a file',
    run: async (tx, payload) => {
      const { importId } = Step.parse(payload);
      if (await takeStep(tx, importId)) await enqueueJob(tx, { kind: stepJob, payload: { importId } });
    },
  },
  {
    kind: forgetJob,
    label: 'Delete a file that was brought in',
    run: async (tx, payload) => {
      const { importId, path } = Forget.parse(payload);
      await forgetFile(path);
      await forgetImportFile(tx, importId);
    },
  },
];
