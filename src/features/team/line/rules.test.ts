import { expect, it } from 'vitest';
import { readTeamLine } from './rules.ts';

const read = (text: string) => {
  const line = readTeamLine(text);
  return line ? `${line.mode} ${line.word}` : 'not about the team';
};

it.each([
  ['hand off to ana', 'handoff ana'],
  ['hand off', 'handoff '],
  ['hand-off @nurses', 'handoff nurses'],
  ['Handoff  Ben', 'handoff ben'],
  ['who covers Ana today?', 'covers ana'],
  ['who is covering for ana', 'covers ana'],
  ['who covers today?', 'covers '],
  ['hand smith', 'not about the team'],
  ['handoffer jane', 'not about the team'],
  ['coverdale book', 'not about the team'],
])('reads “%s”', (text, expected) => {
  expect(read(text)).toBe(expected);
});
