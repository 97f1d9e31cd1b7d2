import { expect, it } from 'vitest';
import { completions, wordAt } from '../../../ui/completion-area.tsx';
import { mentionsIn, shortText } from './rules.ts';

const colleagues = [
  { staffId: 'ana', displayName: 'Ana' },
  { staffId: 'ruiz', displayName: 'Ana Ruiz' },
  { staffId: 'linh', displayName: 'Linh Phạm, RN' },
  { staffId: 'lee', displayName: 'Dr. Lee' },
];
const named = (text: string) => mentionsIn(text, colleagues).map((one) => one.staffId ?? `any ${one.role}`);

it.each([
  ['nobody', 'call her back', []],
  ['the longest name that fits', '@Ana Ruiz please', ['ruiz']],
  ['a shorter name before another word', '@ana, please', ['ana']],
  ['a name with a comma and a sign above', 'ask @linh phạm, rn.', ['linh']],
  ['a title', '@Dr. Lee signs', ['lee']],
  ['a role, one or many', '@nurses and @secretary', ['any nurse', 'any secretary']],
  ['each once', '@Ana Ruiz … @ana ruiz', ['ruiz']],
  ['no address', 'write to office@ana.example', []],
  ['no longer word', '@anatomy class, @nursery', []],
])('a note names %s', (_, text, expected) => {
  expect(named(text)).toEqual(expected);
});

it('cuts a long note at a word', () => {
  expect(shortText('one two three', 9)).toBe('one two…');
});

it('completes the word after the sign that stands before the caret', () => {
  expect(wordAt('ask @an', 7, '@')).toEqual({ from: 4, word: 'an' });
  expect(wordAt('a@b', 3, '@')).toBeUndefined();
  expect(wordAt('no sign', 7, '@')).toBeUndefined();
  const names = colleagues.map((one) => one.displayName);
  expect(completions('lee', names)).toEqual(['Dr. Lee']);
  expect(completions('ana', names)).toEqual(['Ana', 'Ana Ruiz']);
});
