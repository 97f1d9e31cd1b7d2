import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Outside } from '../setup/schema.ts';
import { NewSlotCode, SlotCodeChange, SlotCodeRow } from './schema.ts';

/** Topic `setup`. */
export const listSlotCodes = endpoint({
  method: 'GET',
  path: '/api/schedule/slot-codes',
  summary: 'Every slot code, also those out of use: what spans of hours are kept for',
  answer: z.object({ slotCodes: z.array(SlotCodeRow) }),
});
export const addSlotCode = endpoint({
  method: 'POST',
  path: '/api/schedule/slot-codes',
  summary: 'Add a slot code',
  body: NewSlotCode,
  answer: z.object({ slotCodeId: Id }),
});
export const changeSlotCode = endpoint({
  method: 'PATCH',
  path: '/api/schedule/slot-codes/:slotCodeId',
  summary:
    'Change a slot code or take it out of use; the answer says which booked visits now stand in time kept for others',
  params: z.object({ slotCodeId: Id }),
  body: SlotCodeChange,
  answer: z.object({ version: z.number(), outside: Outside }),
});
export const orderSlotCodes = endpoint({
  method: 'POST',
  path: '/api/schedule/slot-codes/order',
  summary: 'Put the slot codes in an order',
  body: z.object({ ids: z.array(Id).min(1).max(200) }),
});
