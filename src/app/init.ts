import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createPractice } from '../features/practice/commands.ts';
import { NewPractice } from '../features/practice/schema.ts';
import { withStore } from './open-store.ts';

const questions = [
  ['name', 'Name of the practice'],
  ['time-zone', 'Time zone (e.g. America/New_York)'],
  ['given-name', 'The manager’s first name'],
  ['family-name', 'The manager’s last name'],
  ['email', 'The manager’s e-mail'],
  ['password', 'A password for the manager (at least 10 characters)'],
] as const;

type Answers = Record<(typeof questions)[number][0], string>;

/** `frontdesk init`: make a real practice; asks what the options do not say. */
export async function init(words: string[]): Promise<number> {
  const options = Object.fromEntries(questions.map(([key]) => [key, { type: 'string' as const }]));
  const { values } = parseArgs({ args: words, options });
  const answers = await askMissing(values as Partial<Answers>);
  const practice = NewPractice.safeParse({
    name: answers.name,
    timeZone: answers['time-zone'],
    manager: {
      givenName: answers['given-name'],
      familyName: answers['family-name'],
      email: answers.email,
      password: answers.password,
    },
  });
  if (!practice.success) throw new Error(z.prettifyError(practice.error));
  const made = await withStore(({ store }) => createPractice(store, practice.data));
  process.stdout.write(
    `Practice ${made.practiceId} is made. Start the office with “npm start” and sign in as ${answers.email}: Settings leads through the rest.\n`,
  );
  return 0;
}

async function askMissing(given: Partial<Answers>): Promise<Answers> {
  const answers = { ...given };
  const missing = questions.filter(([key]) => answers[key] === undefined);
  if (missing.length > 0 && !process.stdin.isTTY) {
    throw new Error(`Say also ${missing.map(([key]) => `--${key}`).join(', ')}.`);
  }
  const terminal =
    missing.length > 0 ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  for (const [key, text] of missing) answers[key] = (await terminal?.question(`${text}: `)) ?? '';
  terminal?.close();
  return answers as Answers;
}
