import { z } from 'zod';
import { NewVisitType, NoticeHours, type VisitTypeRow } from '../schema.ts';

const shape = NewVisitType.shape;
const minutes = z.coerce.number().pipe(shape.minutes);
const chosen = z.record(z.string(), z.boolean());
const idsOf = (record: Record<string, boolean>) => Object.keys(record).filter((id) => record[id]);

/** The form's values (texts and ticks) become what the office keeps. */
export const visitTypeSchema = z
  .object({
    name: shape.name,
    code: z.string().trim().toLowerCase().pipe(shape.code),
    minutes,
    bufferBeforeMinutes: z.coerce.number().pipe(shape.bufferBeforeMinutes.unwrap()),
    bufferAfterMinutes: z.coerce.number().pipe(shape.bufferAfterMinutes.unwrap()),
    color: z.string(),
    physicians: chosen,
    minutesBy: z.record(z.string(), z.literal('').or(minutes)),
    noticeHours: z
      .literal('')
      .transform(() => null)
      .or(z.coerce.number().pipe(NoticeHours)),
    needs: z.array(z.object({ kind: z.enum(['room', 'device']), ids: chosen })),
  })
  .transform(({ physicians, minutesBy, needs, ...type }) => ({
    ...type,
    physicianIds: idsOf(physicians),
    minutesByPhysician: Object.fromEntries(
      Object.entries(minutesBy).flatMap(([id, own]) => (own === '' ? [] : [[id, own] as const])),
    ),
    needs: needs.map(({ kind, ids }) => ({ kind, resourceIds: idsOf(ids) })),
  }));

const ticks = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, true]));

export function visitTypeValues(row: VisitTypeRow | null) {
  return {
    name: row?.name ?? '',
    code: row?.code ?? '',
    minutes: String(row?.minutes ?? 20),
    bufferBeforeMinutes: String(row?.bufferBeforeMinutes ?? 0),
    bufferAfterMinutes: String(row?.bufferAfterMinutes ?? 0),
    noticeHours: row?.noticeHours === null || row === null ? '' : String(row.noticeHours),
    color: row?.color ?? '#0e6b68',
    physicians: ticks(row?.physicianIds ?? []),
    minutesBy: Object.fromEntries(
      Object.entries(row?.minutesByPhysician ?? {}).map(([id, own]) => [id, String(own)]),
    ),
    needs: (row?.needs ?? []).map(({ kind, resourceIds }) => ({ kind, ids: ticks(resourceIds) })),
  };
}

export type VisitTypeValues = ReturnType<typeof visitTypeValues>;
