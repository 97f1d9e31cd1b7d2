import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';

export const Upkeep = z.object({
  version: z.string(),
  storage: z.enum(['embedded', 'server']),
  databaseBytes: z.number(),
  startedAt: z.string(),
  memoryBytes: z.number(),
  lastBackup: z.object({ at: z.string(), file: z.string(), bytes: z.number() }).nullable(),
  queue: z.object({ waiting: z.number(), dead: z.number(), oldestRunAt: z.string().nullable() }),
  auditHead: z.object({ seq: z.number(), mac: z.string() }),
  demo: z.object({ done: z.number(), total: z.number() }).nullable(),
});
export type Upkeep = z.infer<typeof Upkeep>;

export const getUpkeep = endpoint({
  method: 'GET',
  path: '/api/upkeep',
  summary: 'Version, storage, last backup, queue: how the office itself is doing',
  answer: Upkeep,
});
