import { expect, it } from 'vitest';
import { expectNoLeaks, leaks, listening } from './log-scan.ts';

const person = { familyName: 'Qjihgf', phone: '+12122000001' };
const log = `{"msg":"${listening} http://127.0.0.1:4000"}\n{"msg":"a job failed"}\n`;
const scan = { people: [person], mrns: ['100001'], holds: [listening] };

it('passes a log that was written at work and tells of nobody', () => {
  expectNoLeaks([log, log], scan);
});

it.each([
  ['there is no log', []],
  ['a log is empty', [log, '']],
  ['a log lacks what is always in it', [log, '{"msg":"something"}\n']],
  ['a name stands in it', [log, `${log}of ${person.familyName}\n`]],
  ['a number stands in it', [log, `${log}{"mrn":"100001"}\n`]],
])('fails when %s', (_, logs) => {
  expect(() => expectNoLeaks(logs, scan)).toThrow();
});

it('fails when there is nobody to look for', () => {
  expect(() => expectNoLeaks([log], { people: [], holds: [listening] })).toThrow('Nobody was made');
});

it('tells the kind of word, never the word', () => {
  expect(leaks(`x ${person.phone} y 100001`, [person], ['100001'])).toEqual(['phone', 'mrn']);
});
