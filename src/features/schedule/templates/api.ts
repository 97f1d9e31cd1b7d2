import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Outside } from '../setup/schema.ts';
import { Application, ApplyTemplate, NewTemplate, Preview, TemplateChange, WeekTemplate } from './schema.ts';

const OfTemplate = z.object({ templateId: Id });

/** Topic `setup`. */
export const listTemplates = endpoint({
  method: 'GET',
  path: '/api/schedule/templates',
  summary: 'Every week template, and who works by which from when until when',
  answer: z.object({
    templates: z.array(WeekTemplate),
    applications: z.array(Application).describe('that stand and are not over, the latest first'),
    today: z.string(),
  }),
});
export const addTemplate = endpoint({
  method: 'POST',
  path: '/api/schedule/templates',
  summary: 'Add a week template: hours with slot codes, over one week or several in turn',
  body: NewTemplate,
  answer: OfTemplate,
});
export const changeTemplate = endpoint({
  method: 'PATCH',
  path: '/api/schedule/templates/:templateId',
  summary: 'Change a week template; hours made of it stay until it is applied again',
  params: OfTemplate,
  body: TemplateChange,
  answer: z.object({ version: z.number() }),
});
export const previewTemplate = endpoint({
  method: 'POST',
  path: '/api/schedule/templates/:templateId/preview',
  summary: 'What applying a template would change; nothing is written',
  params: OfTemplate,
  body: ApplyTemplate,
  answer: Preview,
});
export const applyTemplate = endpoint({
  method: 'POST',
  path: '/api/schedule/templates/:templateId/apply',
  summary: 'Let physicians, rooms or devices work by a template; visits stay where they are',
  params: OfTemplate,
  body: ApplyTemplate,
  answer: z.object({ applicationId: Id, outside: Outside }),
});
export const undoApplication = endpoint({
  method: 'POST',
  path: '/api/schedule/template-applications/:applicationId/undo',
  summary: 'Take an application back as a whole, while nothing else changed those hours',
  params: z.object({ applicationId: Id }),
  answer: z.object({ outside: Outside }),
});
