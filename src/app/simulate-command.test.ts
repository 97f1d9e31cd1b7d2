import { afterEach, expect, it, vi } from 'vitest';
import { simulate } from './simulate-command.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['a number that is none', ['--patients', 'many']],
  ['more than can be', ['--patients', '2000000']],
  ['no physician', ['--physicians', '0']],
  ['a word that it does not know', ['--doctors', '4']],
])('says what it takes when given %s', async (_, words) => {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  expect(await simulate(words)).toBe(2);
  expect(said.join('')).toContain('frontdesk simulate --days 90');
});
