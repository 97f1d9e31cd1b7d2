import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';

export const SiteRow = z.object({
  siteId: Id,
  name: z.string(),
  timeZone: z.string(),
  active: z.boolean(),
  version: z.number(),
});

export const listSites = endpoint({
  method: 'GET',
  path: '/api/sites',
  summary: 'The sites of the practice, each with its time zone',
  answer: z.object({ sites: z.array(SiteRow) }),
});
