import { expect, it } from 'vitest';
import { deepest, isTooDeep } from './json-text.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

it.each<[string, string, boolean]>([
  ['nothing', '', false],
  ['as deep as may be', nested(deepest), false],
  ['one deeper', nested(deepest + 1), true],
  ['objects in lists', '{"a":['.repeat(60) + ']}'.repeat(60), true],
  ['many beside each other', `[${'[],{},'.repeat(5000)}0]`, false],
  ['brackets in a text', JSON.stringify({ note: '['.repeat(500) }), false],
  ['brackets behind an escaped quote', JSON.stringify({ note: `a"${'{'.repeat(500)}` }), false],
  ['a text that ends in a backslash', `${JSON.stringify(['\\'])}${nested(deepest + 1)}`, true],
])('%s', (_, json, wanted) => {
  expect(isTooDeep(json)).toBe(wanted);
});
