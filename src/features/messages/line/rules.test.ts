import { expect, test } from 'vitest';
import { readMessageLine } from './rules.ts';

test.each([
  ['smith jo text your form is ready', ['text', 'smith jo', 'your form is ready']],
  ['text your form is ready', ['text', '', 'your form is ready']],
  ['smith txt: Text us back, please', ['text', 'smith', 'Text us back, please']],
  ['Muñoz e-mail the letter is at the desk', ['email', 'Muñoz', 'the letter is at the desk']],
  ['email: we moved', ['email', '', 'we moved']],
  ['smith text', ['text', 'smith', '']],
  ['texter jo fu 3m', null],
  ['smith context', null],
  ['task text the lab', null],
  ['one two three four five text', null],
])('%s', (text, expected) => {
  const read = readMessageLine(text, ['task']);
  expect(read && [read.channel, read.personWords, read.body]).toEqual(expected);
});
