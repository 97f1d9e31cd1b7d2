import { z } from 'zod';
import { ApplyTemplate } from '../schema.ts';

const shape = ApplyTemplate.shape;

/** The form's values (texts and ticks) become what is applied, but for the version of the template. */
export const applySchema = z
  .object({
    who: z.record(z.string(), z.boolean()).refine((who) => Object.values(who).some(Boolean), {
      error: 'Choose who works by it.',
    }),
    from: shape.from,
    to: z.literal('').or(shape.from),
    weekOf: z.literal('').or(shape.from),
  })
  .refine(({ from, to }) => to === '' || to >= from, {
    path: ['to'],
    error: 'The last day comes before the first.',
  })
  .transform(({ who, from, to, weekOf }) => ({
    resourceIds: Object.keys(who).filter((id) => who[id]),
    from,
    to: to === '' ? null : to,
    ...(weekOf === '' ? {} : { weekOf }),
  }));

export type Applying = z.output<typeof applySchema>;
