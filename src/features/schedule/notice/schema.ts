import { z } from 'zod';
import { AskedBy, Version } from '../visits/schema.ts';

export const SayWhoAsked = z.object({
  version: Version.describe('of the visit as it was moved'),
  askedBy: AskedBy.nullable().describe('null: nobody said'),
});
export type SayWhoAsked = z.output<typeof SayWhoAsked>;

export const NoticeTaken = z.object({ askedBy: AskedBy.optional(), late: z.literal(true).optional() });

export const Missed = z.object({
  noShows: z.number(),
  lateCancels: z.number().describe('cancelled by the patient within the notice that the office wants'),
  lateMoves: z.number().describe('moved at the wish of the patient within that notice'),
  leftUnseen: z.number().describe('came, and left without being seen'),
});
export type Missed = z.infer<typeof Missed>;
