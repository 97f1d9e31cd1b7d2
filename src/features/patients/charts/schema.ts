import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

const place = z.string().trim().max(80, 'Keep this under 80 letters.');

/** Where a paper chart goes: back to its shelf, or out to someone. */
const places = {
  shelf: place.default(''),
  outTo: place.default(''),
  note: z.string().trim().max(200, 'Keep this under 200 letters.').default(''),
};
const isSomewhere = (one: { shelf: string; outTo: string }) => one.shelf !== '' || one.outTo !== '';
const sayWhere = { path: ['shelf'], message: 'Say where it is.' };

/** As the form holds it. */
export const Whereabouts = z.object(places).refine(isSomewhere, sayWhere);

/** `endsId`: the move that this one ends, as it was seen; null: a chart that nobody noted yet. */
export const ChartMove = z.object({ ...places, endsId: Id.nullable() }).refine(isSomewhere, sayWhere);
export type ChartMove = z.output<typeof ChartMove>;

export const ChartPlace = z.object({
  moveId: Id,
  shelf: z.string(),
  outTo: z.string(),
  note: z.string(),
  at: z.string(),
  byName: z.string(),
  endedAt: z.string().nullable(),
});
export type ChartPlace = z.infer<typeof ChartPlace>;

/** Until the practice says otherwise. */
export const usualOutDays = 7;
export const OutDays = z.number().int().min(1, 'At least 1.').max(365, 'At most 365.');
