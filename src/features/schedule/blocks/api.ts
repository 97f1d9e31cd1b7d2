import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Outside } from '../setup/schema.ts';
import { BlockTime } from './schema.ts';

const params = z.object({ id: Id });
const Version = z.object({ version: z.number().int().min(1) });

/** Topic `setup`, with the dates as keys. */
export const addBlock = endpoint({
  method: 'POST',
  path: '/api/schedule/blocks',
  summary: 'Block time of a physician, room or device; the answer says which booked visits stand in it',
  body: BlockTime,
  answer: z.object({ blockId: Id, version: z.number(), outside: Outside }),
});
export const changeBlock = endpoint({
  method: 'POST',
  path: '/api/schedule/blocks/:id/change',
  summary: 'Put blocked time elsewhere, or change its length or reason',
  params,
  body: BlockTime.safeExtend(Version.shape),
  answer: z.object({ version: z.number(), outside: Outside }),
});
export const removeBlock = endpoint({
  method: 'POST',
  path: '/api/schedule/blocks/:id/remove',
  summary: 'Give blocked time back',
  params,
  body: Version,
  answer: z.object({ outside: Outside }),
});
