import { start } from './start.ts';

export type Command = { words: string; does: string; run(words: string[]): Promise<number> };

/** The command line's verbs. */
export const commands: Record<string, Command> = {
  start: { words: '', does: 'open the office and print its address', run: start },
};

export function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { words, does }]) => `  frontdesk ${`${name} ${words}`.padEnd(44)} ${does}`,
  );
  return `Frontdesk: the program that does the work of a medical secretary.\n\n${lines.join('\n')}\n`;
}
