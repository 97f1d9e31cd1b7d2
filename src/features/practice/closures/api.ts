import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Version } from '../schema.ts';
import { ClosureRow, HolidayRow, NewClosure } from './schema.ts';

const Year = z.coerce.number().int().min(2000).max(2199);

export const listClosures = endpoint({
  method: 'GET',
  path: '/api/closures',
  summary: 'The days of a year on which the practice or a site is closed',
  query: z.object({ year: Year }),
  answer: z.object({ closures: z.array(ClosureRow) }),
});
export const listHolidays = endpoint({
  method: 'GET',
  path: '/api/closures/holidays',
  summary: 'The federal holidays of a year, and which of them the practice already observes',
  query: z.object({ year: Year }),
  answer: z.object({ holidays: z.array(HolidayRow) }),
});
export const addClosures = endpoint({
  method: 'POST',
  path: '/api/closures',
  summary: 'Close the practice or a site on these days; days that are closed already stay as they are',
  body: z.object({ closures: z.array(NewClosure).min(1).max(100) }),
  answer: z.object({ closureIds: z.array(Id).describe('of the new ones') }),
});
export const removeClosure = endpoint({
  method: 'POST',
  path: '/api/closures/:closureId/remove',
  summary: 'Open again on a day that was closed',
  params: z.object({ closureId: Id }),
  body: z.object({ version: Version }),
});
