import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { ImportPlan, ImportRow, LineProblem } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ import: ImportRow });

/** Where a file is sent, as it is, with `x-file-name` (URL-encoded); answers {importId}. */
export const uploadPath = '/api/imports/upload';

/** The file itself is the body (platform/http/upload.ts). */
export const uploadTable = endpoint({
  method: 'POST',
  path: uploadPath,
  summary: 'Bring a table as a file; it is kept for a day unless it is brought in',
  answer: z.record(z.string(), z.unknown()),
});

export const listImports = endpoint({
  method: 'GET',
  path: '/api/imports',
  summary: 'Files that were brought in, latest first',
  answer: z.object({ imports: z.array(ImportRow) }),
});

export const readImport = endpoint({
  method: 'GET',
  path: '/api/imports/:id',
  summary: 'How an import stands, with its first problems by line',
  params,
  answer: z.object({
    import: ImportRow,
    /** the first lines below the headings, while the file waits */
    samples: z.array(z.array(z.string())),
    problems: z.array(LineProblem),
    /** the MRNs of records that were changed or used since, and stay */
    keptMrns: z.array(z.string()),
    /** the names of contacts that were changed or are named by someone, and stay */
    keptContacts: z.array(z.string()),
  }),
});

export const checkImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/check',
  summary: 'Read the whole file and say what would become of each line; nothing is kept',
  params,
  body: ImportPlan,
  answer,
});

export const takeImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/take',
  summary: 'Bring the file in: what is good goes in, the rest is named by line',
  params,
  body: ImportPlan,
  answer,
});

export const undoImport = endpoint({
  method: 'POST',
  path: '/api/imports/:id/undo',
  summary: 'Take back what an import made and nobody touched since',
  params,
  answer,
});

export const readFaultFile = endpoint({
  method: 'POST',
  path: '/api/imports/:id/faults',
  summary: 'Lines that did not go in, as a CSV table with what is wrong; in parts',
  kind: 'read',
  params,
  body: z.object({ after: z.number().int().min(0).default(0) }),
  answer: z.object({
    csv: z.string(),
    /** ask again after this line; null at the end */
    next: z.number().nullable(),
  }),
});
