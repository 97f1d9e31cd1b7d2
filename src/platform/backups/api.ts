import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';

const AtLocal = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 02:30.');
const Folder = z
  .string()
  .trim()
  .min(1, 'Say where: a folder on the office’s machine.')
  .max(500)
  .refine((folder) => !folder.includes('\0'), 'A folder’s name cannot hold this.');

export const BackupPlan = z.object({
  atLocal: AtLocal,
  folder: Folder,
  keep: z.number().int().min(2).max(400),
  drillDays: z.number().int().min(0).max(730),
});
export type BackupPlan = z.output<typeof BackupPlan>;

export const BackupRun = z.object({
  runId: z.string(),
  dueAt: z.string(),
  finishedAt: z.string().nullable(),
  file: z.string(),
  bytes: z.number().nullable(),
  fault: z.string(),
});
export type BackupRun = z.infer<typeof BackupRun>;

export const Backups = z.object({
  plan: BackupPlan.extend({ version: z.number(), nextAt: z.string() }).nullable(),
  passphrase: z
    .enum(['environment', 'kept', 'missing'])
    .describe('where the passphrase comes from; it is never told'),
  runs: z.array(BackupRun),
  lastDrillAt: z.string().nullable(),
});
export type Backups = z.infer<typeof Backups>;

export const getBackups = endpoint({
  method: 'GET',
  path: '/api/backups',
  summary: 'When the office backs itself up, and the last backups',
  answer: Backups,
});
export const planBackups = endpoint({
  method: 'PUT',
  path: '/api/backups/plan',
  summary: 'Say when and where the office backs itself up every day',
  body: BackupPlan.extend({
    version: z.number().int().min(0).describe('0: there is no plan yet'),
    passphrase: z
      .string()
      .max(200)
      .refine((text) => text === '' || text.length >= 12, 'Use at least 12 characters.')
      .default('')
      .describe('left out: the one that is kept, or of the environment'),
  }),
  answer: z.object({ version: z.number() }),
});
export const backUpNow = endpoint({
  method: 'POST',
  path: '/api/backups/now',
  summary: 'Make a backup by the plan, within a minute',
});
export const noteDrill = endpoint({
  method: 'POST',
  path: '/api/backups/drills',
  summary: 'Note that a backup was restored as a try',
  body: z.object({
    reason: z.string().trim().min(3, 'Say in a few words what you restored and saw.').max(300),
  }),
});
