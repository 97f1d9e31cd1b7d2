import { endpoint } from '../../../../platform/http/endpoint.ts';
import { LettersAsked, LettersMade } from './schema.ts';

export const writeRecallLetters = endpoint({
  method: 'POST',
  path: '/api/recall-letters',
  summary:
    'Write the next letter of recalls that are due: PDFs of letters and labels, each letter noted as a try',
  body: LettersAsked,
  answer: LettersMade,
});
