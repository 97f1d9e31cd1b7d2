import { z } from 'zod';
import { endpoint } from '../../../../platform/http/endpoint.ts';
import { AgainAsked, LetterRound, LettersAsked, LettersMade } from './schema.ts';

export const writeRecallLetters = endpoint({
  method: 'POST',
  path: '/api/recall-letters',
  summary:
    'Write the next letter of recalls that are due: PDFs of letters and labels, each letter noted as a try',
  body: LettersAsked,
  answer: LettersMade,
});

export const listLetterRounds = endpoint({
  method: 'GET',
  path: '/api/recall-letters',
  summary: 'When recall letters were written in the last sixty days, by whom and how many; the latest first',
  answer: z.object({ rounds: z.array(LetterRound) }),
});

export const drawLettersAgain = endpoint({
  method: 'POST',
  path: '/api/recall-letters/again',
  summary:
    'The letters of a round once more, as they were written and to the address of today; nothing is noted, and who is no longer to be written to is left out',
  kind: 'read',
  body: AgainAsked,
  answer: LettersMade.omit({ nextOn: true }),
});
