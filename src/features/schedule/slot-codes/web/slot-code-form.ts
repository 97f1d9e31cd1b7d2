import { z } from 'zod';
import { NewSlotCode, type SlotCodeRow } from '../schema.ts';

const shape = NewSlotCode.shape;
const hours = z.coerce.number().pipe(shape.releaseHours.unwrap().unwrap());

/** The form's values (texts and ticks) become what the office keeps. */
export const slotCodeSchema = z
  .object({
    code: shape.code,
    name: shape.name,
    color: shape.color,
    types: z.record(z.string(), z.boolean()),
    releaseHours: z.literal('').or(hours),
  })
  .transform(({ types, releaseHours, ...code }) => ({
    ...code,
    visitTypeIds: Object.keys(types).filter((id) => types[id]),
    releaseHours: releaseHours === '' ? null : releaseHours,
  }));

export function slotCodeValues(row: SlotCodeRow | null) {
  return {
    code: row?.code ?? '',
    name: row?.name ?? '',
    color: row?.color ?? '#7a4a9e',
    types: Object.fromEntries((row?.visitTypeIds ?? []).map((id) => [id, true])),
    releaseHours: row?.releaseHours === null || row === null ? '' : String(row.releaseHours),
  };
}

export type SlotCodeValues = ReturnType<typeof slotCodeValues>;
