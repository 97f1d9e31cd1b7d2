import { auditCommand } from './audit-verify.ts';
import { backup } from './backup-command.ts';
import { exportCommand } from './export-command.ts';
import { importCommand } from './import-command.ts';
import { init } from './init.ts';
import { letInCommand } from './let-in.ts';
import { moveTo } from './move-command.ts';
import { restore } from './restore.ts';
import { simulate } from './simulate-command.ts';
import { start } from './start.ts';

export type Command = { words: string; does: string; run(words: string[]): Promise<number> };

/** The command line's verbs. */
export const commands: Record<string, Command> = {
  start: { words: '', does: 'open the office and print its address', run: start },
  init: { words: '[--name …]', does: 'make a real practice and its manager', run: init },
  import: {
    words: 'fhir <folder> | csv <file> | undo <id> | zips <csv>',
    does: 'take in records, ZIP codes',
    run: importCommand,
  },
  export: {
    words: '<folder>',
    does: 'write the whole practice as FHIR R4, CSV tables and its audit',
    run: exportCommand,
  },
  audit: { words: 'verify [--head n:code]', does: 'check the chain of the audit', run: auditCommand },
  backup: { words: '<file>', does: 'write a sealed backup, also while the office works', run: backup },
  simulate: {
    words: '[--patients …]',
    does: 'fill an empty database with a practice of any size',
    run: simulate,
  },
  'move-to': {
    words: '<DATABASE_OWNER_URL>',
    does: 'move the embedded database to a server, whole',
    run: moveTo,
  },
  'let-in': {
    words: '<e-mail>',
    does: 'let someone in who lost password and second step',
    run: letInCommand,
  },
  restore: { words: '<file>', does: 'restore a backup into an empty database', run: restore },
};

export function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { words, does }]) => `  frontdesk ${`${name} ${words}`.padEnd(44)} ${does}`,
  );
  return `Frontdesk: the program that does the work of a medical secretary.\n\n${lines.join('\n')}\n`;
}
