import { z } from 'zod';
import type { JobHandler } from '../../platform/contributions.ts';
import { Id } from '../../platform/id.ts';
import { answerRequest } from './requests/commands.ts';

const Told = z.object({ requestId: Id });

export const selfServiceJobs: readonly JobHandler[] = [
  {
    kind: 'online.answer-request',
    on: ['online.requested.v1'],
    label: 'Look up who asked for a time on the booking page',
    run: (tx, payload) => answerRequest(tx, Told.parse(payload).requestId),
  },
];
