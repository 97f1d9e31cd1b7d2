import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { ExportReason } from './schema.ts';

export const ExportedFile = z.object({
  name: z.string(),
  mediaType: z.string(),
  text: z.string(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;

export const exportRecord = endpoint({
  method: 'POST',
  path: '/api/patients/:id/export',
  summary: 'A person’s whole record as files; who receives it and what for is on record',
  kind: 'read',
  params: z.object({ id: Id }),
  body: ExportReason,
  answer: z.object({
    fileName: z.string().describe('for the file that holds them all; it names nobody'),
    files: z.array(ExportedFile),
  }),
});
