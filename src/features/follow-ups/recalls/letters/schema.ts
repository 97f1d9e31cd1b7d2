import { z } from 'zod';
import { Id } from '../../../../platform/id.ts';

/** So many letters a recall gets; behind them somebody calls, or it is closed. */
export const mostLetters = 3;
export const mostAtOnce = 60;

export const LettersAsked = z.object({
  letters: z
    .array(z.object({ id: Id, version: z.number().int().min(1) }))
    .min(1, 'Choose at least one.')
    .max(mostAtOnce, `At most ${mostAtOnce} at once.`)
    .describe('recalls that are due, as they were seen'),
  nextWeeks: z
    .number('Type the weeks, 1 to 52.')
    .int('Whole weeks.')
    .min(1, 'At least a week.')
    .max(52, 'At most 52 weeks.')
    .default(4)
    .describe('from then on the next letter is offered'),
  start: z
    .number('Type 1 to 30.')
    .int()
    .min(1, 'The sheet has places 1 to 30.')
    .max(30, 'The sheet has places 1 to 30.')
    .default(1)
    .describe('the first free label of the sheet, by rows'),
});
export type LettersAsked = z.output<typeof LettersAsked>;

export const LettersMade = z.object({
  sent: z.number().describe('letters that are noted as tries'),
  letters: z.base64().describe('a PDF of US Letter pages, one letter each'),
  labels: z.base64().describe('a PDF of their address labels in the same order (Avery 5160)'),
  nextOn: z.string().describe('when the next letters are due'),
  leftOut: z.array(z.string()).describe('who got none, and why'),
});
export type LettersMade = z.infer<typeof LettersMade>;

/** Letters that were written at one moment by one person. */
export const LetterRound = z.object({
  at: z.string(),
  byName: z.string(),
  letters: z.number(),
});
export type LetterRound = z.infer<typeof LetterRound>;

export const AgainAsked = z.object({
  at: z.iso.datetime().describe('of the round'),
  start: LettersAsked.shape.start,
});
export type AgainAsked = z.output<typeof AgainAsked>;
