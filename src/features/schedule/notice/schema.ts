import { z } from 'zod';

export const Missed = z.object({
  noShows: z.number(),
  lateCancels: z.number().describe('cancelled by the patient within the notice that the office wants'),
  lateMoves: z.number().describe('moved at the wish of the patient within that notice'),
  leftUnseen: z.number().describe('came, and left without being seen'),
});
export type Missed = z.infer<typeof Missed>;
