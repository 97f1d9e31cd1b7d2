import { expect, it } from 'vitest';
import { readTeamLine } from './rules.ts';

const read = (text: string) => {
  const line = readTeamLine(text.toLowerCase().split(/\s+/));
  return line ? `${line.verb} ${line.colleagueWord}` : 'not about the team';
};

it.each([
  ['hand off to ana', 'handoff ana'],
  ['hand off', 'handoff '],
  ['hand-off @nurses', 'handoff nurses'],
  ['handoff ben', 'handoff ben'],
  ['who covers Ana today?', 'covers ana'],
  ['who is covering for ana', 'covers ana'],
  ['who covers', 'covers '],
  ['hand smith', 'not about the team'],
  ['handoffer jane', 'not about the team'],
  ['coverdale book', 'not about the team'],
])('reads “%s”', (text, expected) => {
  expect(read(text)).toBe(expected);
});
