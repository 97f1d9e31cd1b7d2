import { expect } from 'vitest';

/** Words about people that must stand in no log. A scan that could not find them proves nothing, so it shows that it can. */

/** By kind: "familyName", "phone". */
type Words = Record<string, string>;

/** What a process at work logs in any case, once it listens. */
export const listening = 'Server listening at';

/** Words about a person that stand in a log. Answers which kind of word, never the word. */
export function leaks(log: string, people: readonly Words[], mrns: readonly string[] = []): string[] {
  const kinds = people.flatMap((person) =>
    Object.entries(person).flatMap(([kind, word]) => (log.includes(word) ? [kind] : [])),
  );
  const numbers = new Set(log.match(/\b\d{6}\b/g) ?? []);
  return [...new Set([...kinds, ...(mrns.some((mrn) => numbers.has(mrn)) ? ['mrn'] : [])])];
}

type Scan = {
  people: readonly Words[];
  mrns?: readonly string[];
  /** harmless lines that each log must hold, so that it is known to be the log of who was at work */
  holds: readonly string[];
};

/** Each of these logs is there and was written at work, holds no word about anyone, and would be seen to. */
export function expectNoLeaks(logs: readonly string[], { people, mrns = [], holds }: Scan): void {
  expect(logs.length).toBeGreaterThan(0);
  for (const log of logs) {
    // Not the log itself in a message: what it should not hold would stand there.
    expect(holds.filter((line) => !log.includes(line))).toEqual([]);
  }
  const whole = logs.join('\n');
  expect(leaks(whole, people, mrns)).toEqual([]);
  expectFound(whole, people, mrns);
}

/** The scan's own test: each kind of word, planted in the middle of this very log, is found. */
function expectFound(log: string, people: readonly Words[], mrns: readonly string[]): void {
  const [person] = people;
  if (!person) throw new Error('Nobody was made whose words could be found.');
  const middle = log.indexOf('\n', log.length / 2);
  const planted = (word: string) => `${log.slice(0, middle)}\n{"msg":"of ${word}!"}${log.slice(middle)}`;
  for (const [kind, word] of Object.entries(person)) {
    expect(leaks(planted(word), people, mrns)).toEqual([kind]);
  }
  const mrn = mrns.at(-1);
  if (mrn) expect(leaks(planted(mrn), people, mrns)).toEqual(['mrn']);
}
